@needs:no-writable-branch
Feature: Read-only unions
  A union needs no writable branch. Without one it shows its branches merged as ever and refuses every
  change with EROFS, as a file system that is mounted read-only does: whatever the modes say, and whoever
  asks.

  Rule: A read-only union shows its branches merged

    Reading needs no place to write to.

    @read-only.1 @claim:U7
    Scenario: A union of read-only branches shows the entries of all
      Given a union of these branches:
        | path | upper (ro) | lower (ro) |
        | 001  | image1     |            |
        | 002  | image1     | image2     |
        | 003  |            | image2     |
      When "002" is read
      Then directory "." lists "001, 002, 003"
      And the state is now:
        | path | union  | upper  | lower  |
        | 001  | image1 | image1 |        |
        | 002  | image1 | image1 | image2 |
        | 003  | image2 |        | image2 |

    @read-only.2 @claim:U7
    Scenario: A file of a read-only union can be opened for reading
      Given a union of these branches:
        | path    | upper (ro) | lower (ro) |
        | d/a.txt |            | lower      |
      When "d/a.txt" is opened as f with O_RDONLY
      Then file f reads "lower"
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

    @read-only.3 @needs:whiteouts-in-read-only-branches
    Scenario: A whiteout of a read-only union hides what is below it
      Given a union of these branches:
        | path  | upper (ro+wh) | lower (ro) |
        | a.txt | (whiteout)    | lower      |
        | b.txt |               | kept       |
      When "a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | kept  |            | kept  |

  Rule: A read-only union refuses every change

    The error is EROFS, not EACCES: it is not the caller who lacks a right. The highest branch is no
    exception.

    @read-only.4 @claim:U7
    Scenario Outline: A file of the <branch> branch of a read-only union cannot be appended to
      Given a union of these branches:
        | path  | upper (ro) | lower (ro) |
        | upper | text       |            |
        | lower |            | text       |
      When "new" is appended to "<branch>"
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | upper | text  | text  |       |
        | lower | text  |       | text  |

      Examples:
        | branch |
        | upper  |
        | lower  |

    @read-only.5 @claim:U7
    Scenario Outline: A file of a read-only union cannot be <action>
      Given a union of these branches:
        | path  | upper (ro) | lower (ro) |
        | a.txt | upper      | lower      |
        | b.txt |            | lower      |
      When <step>
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |
        | b.txt | lower |       | lower |

      Examples:
        | action             | step                                        |
        | opened for writing | "a.txt" is opened as f with O_RDWR          |
        | overwritten        | "a.txt" is overwritten with "new"           |
        | truncated          | "a.txt" is truncated to 0 bytes             |
        | deleted            | "a.txt" is deleted                          |
        | renamed            | "a.txt" is renamed to "c.txt"               |
        | replaced           | "a.txt" is renamed to "b.txt"               |
        | given a mode       | "a.txt" is given mode 0600                  |
        | given an mtime     | "a.txt" is given mtime 1000000000.000000001 |

    @read-only.6 @claim:U7
    Scenario Outline: A <kind> cannot be created in a read-only union
      Given a union of these branches:
        | path    | upper (ro) | lower (ro) |
        | a.txt   | upper      | lower      |
        | d/b.txt |            | lower      |
      When <step>
      Then it fails with EROFS
      And the state is now:
        | path    | union | upper | lower |
        | a.txt   | upper | upper | lower |
        | d/b.txt | lower |       | lower |

      Examples:
        | kind        | step                                  |
        | file        | "new" is created with "new"           |
        | nested file | "d/new" is created with "new"         |
        | directory   | directory "new" is created            |
        | symlink     | symlink "new" to "a.txt" is created   |
        | hard link   | hard link "new" to "a.txt" is created |
        | fifo        | fifo "new" is created                 |

    @read-only.7 @claim:U7
    Scenario: A directory of a read-only union cannot be removed
      Given a union of these branches:
        | path | upper (ro) | lower (ro)  |
        | d    |            | (directory) |
      When directory "d" is removed
      Then it fails with EROFS
      And the state is now:
        | path | union       | upper | lower       |
        | d    | (directory) |       | (directory) |

    @read-only.8 @claim:U7 @requires:root
    Scenario: A file of a read-only union cannot be given to another user
      Given a union of these branches:
        | path  | upper (ro) | lower (ro) |
        | a.txt | upper      | lower      |
      When "a.txt" is given owner 5:6
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |

    @read-only.9 @claim:U7 @needs:extended-attributes @requires:user-attributes
    Scenario: A file of a read-only union cannot be given an attribute
      Given a union of these branches:
        | path  | upper (ro) | lower (ro) |
        | a.txt | upper      | lower      |
      When "a.txt" is given attribute user.k "v"
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper | lower |
