"""The sizing page: what any model needs in any setting, without a project."""
