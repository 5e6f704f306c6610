Feature: Free space and limits
  Programs ask a file system how much room it has and how long a name may be, and they act on the answer. A
  union answers for the branch that it writes to; and a name that its branches can hold, it has to hold as
  well, whatever it adds to names behind the scenes.

  Rule: A union tells how much it can hold

    A union that reports no free space cannot be installed into: package managers check first.

    @limit.1 @needs:full-length-names
    Scenario: A union offers long names and has free space
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "." is looked at
      Then the union offers names of 255 bytes and has free space
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

  Rule: A name may have 255 bytes

    It is the limit of the file systems below. A union that puts a prefix before the names it hides has
    less: 251 bytes beside `.wh.` (containers/fuse-overlayfs#236 and #351), and one union stops at 242.

    @limit.2
    Scenario Outline: A name of <bytes> bytes can be created
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "<name>" is created with "new"
      Then the state is now, and after a remount:
        | path   | union | upper | lower |
        | a.txt  | lower |       | lower |
        | <name> | new   | new   |       |

      Examples:
        | bytes | name    |
        | 242   | {n×242} |
        | 251   | {n×251} |

      @needs:full-length-names
      Examples: as long as a name can be
        | bytes | name    |
        | 255   | {n×255} |

    @limit.3 @needs:full-length-names
    Scenario: A lower name of 255 bytes can be read
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | {n×255} |            | lower      |
      When "{n×255}" is read
      Then "{n×255}" reads "lower"
      And the state is now:
        | path    | union | upper | lower |
        | {n×255} | lower |       | lower |

    @limit.4 @needs:copy-on-write @needs:full-length-names
    Scenario: A lower file with a name of 255 bytes can be copied up
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | {n×255} |            | old        |
      When "new" is appended to "{n×255}"
      Then the state is now, and after a remount:
        | path    | union  | upper  | lower |
        | {n×255} | oldnew | oldnew | old   |

    @limit.5 @needs:copy-on-write @needs:whiteouts @needs:full-length-names
    Scenario: A lower file can be renamed to a name of 255 bytes
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is renamed to "{n×255}"
      Then the state is now, and after a remount:
        | path    | union | upper      | lower |
        | a.txt   |       | (whiteout) | lower |
        | {n×255} | lower | lower      |       |

    @limit.6 @needs:copy-on-write @needs:full-length-names
    Scenario: A file can be created in a lower directory with a name of 255 bytes
      Given a union of these branches:
        | path          | upper (rw) | lower (ro) |
        | {d×255}/a.txt |            | lower      |
      When "{d×255}/b.txt" is created with "new"
      Then the state is now, and after a remount:
        | path          | union | upper | lower |
        | {d×255}/a.txt | lower |       | lower |
        | {d×255}/b.txt | new   | new   |       |

    @limit.7
    Scenario Outline: A name of 256 bytes cannot be <action>
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      When <step>
      Then it fails with ENAMETOOLONG
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

      Examples:
        | action           | step                            |
        | created          | "{n×256}" is created with "new" |
        | made a directory | directory "{n×256}" is created  |
        | read             | "{n×256}" is read               |
        | deleted          | "{n×256}" is deleted            |
        | renamed to       | "a.txt" is renamed to "{n×256}" |

  Rule: Directories may be nested deeply

    Each directory on the way is copied up, one by one.

    @limit.8 @needs:copy-on-write
    Scenario: A file below twenty lower directories can be copied up
      Given a union of these branches:
        | path                                          | upper (rw) | lower (ro) |
        | a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/f.txt |            | old        |
      When "new" is appended to "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/f.txt"
      Then the state is now, and after a remount:
        | path                                          | union  | upper  | lower |
        | a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/f.txt | oldnew | oldnew | old   |

    @limit.9 @needs:whiteouts
    Scenario: Twenty nested lower directories can be removed at once
      Given a union of these branches:
        | path                                          | upper (rw) | lower (ro) |
        | a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/f.txt |            | lower      |
      When "a" is removed with everything in it
      Then the state is now, and after a remount:
        | path                                          | union | upper      | lower       |
        | a                                             |       | (whiteout) | (directory) |
        | a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/f.txt |       |            | lower       |
