import Commands

TcptuneProgram.main()
