import CNetlink
import Glibc

/// libnl's own error numbers, brought back to the errno they stand for.
enum LibnlError {
    static func errno(_ code: CInt) -> CInt {
        switch -code {
        case CInt(NLE_NOMEM): ENOMEM
        case CInt(NLE_NOACCESS): EACCES
        case CInt(NLE_PERM): EPERM
        case CInt(NLE_PROTO_MISMATCH): EPROTONOSUPPORT
        case CInt(NLE_AF_NOSUPPORT): EAFNOSUPPORT
        case CInt(NLE_OBJ_NOTFOUND), CInt(NLE_OPNOTSUPP): EOPNOTSUPP
        case CInt(NLE_EXIST): EADDRINUSE
        case CInt(NLE_INVAL): EINVAL
        case CInt(NLE_BUSY): EBUSY
        case CInt(NLE_NODEV): ENODEV
        case CInt(NLE_AGAIN): EAGAIN
        default: EIO
        }
    }
}
