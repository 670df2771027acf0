"""Words that lists inside sentences are made of."""

from decisions.words import N_

GPU = N_("GPU")
DRIVER = N_("driver")
MEMORY = N_("memory")
SECURITY = N_("security")

LICENCE_ID = N_("licence id")
DAY_READ = N_("date read")
SOURCE = N_("source")
COMMERCIAL_USE = N_("commercial use")
REDISTRIBUTION = N_("redistribution")
DATA_USE = N_("data use")

PROVIDER = N_("provider")
RETENTION = N_("retention")
TRAINING = N_("training on inputs")
REGION = N_("region")
THIRD_PARTIES = N_("third parties")
OUTPUT_RIGHTS = N_("output rights")
