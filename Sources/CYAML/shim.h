#ifndef TCPTUNE_CYAML_SHIM_H
#define TCPTUNE_CYAML_SHIM_H

// libyaml, as it is.
#include <yaml.h>

#endif
