import Owners

OwnersProgram.main()
