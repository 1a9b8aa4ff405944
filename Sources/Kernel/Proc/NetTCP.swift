enum NetTCP { static func read(root: Root, _ body: (SocketRow) -> Void) throws(KernelError) {} }
