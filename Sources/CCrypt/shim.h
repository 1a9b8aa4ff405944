#ifndef TCPTUNE_CCRYPT_SHIM_H
#define TCPTUNE_CCRYPT_SHIM_H

// crypt_r(3) of libcrypt, as it is.
#include <crypt.h>

#endif
