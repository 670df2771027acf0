"""The Hugging Face Hub: what it says of a model by its id, where an installation allows the network.

The only room that asks somebody outside. Nothing is downloaded but small descriptions: the list of files, the
configuration, and where the weights begin.
"""

from decisions.hub.address import Hub
from decisions.hub.installed import installed
from decisions.hub.model import HubFile, HubModel, read_model

__all__ = ["Hub", "HubFile", "HubModel", "installed", "read_model"]
