Feature: Errors
  A union refuses what any file system refuses, with the same error: programs decide by it what to do next.
  An entry of a lower branch counts as there, one that is whited out as not there, and whatever fails leaves
  all branches as they were.

  Rule: A name that is taken cannot be created

    It is taken by an entry of any kind in any branch.

    @error.1
    Scenario Outline: A <kind> cannot take the name of a lower file
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | lower      |
      When <step>
      Then it fails with EEXIST
      And the state is now:
        | path | union | upper | lower |
        | name | lower |       | lower |

      Examples:
        | kind      | step                                     |
        | file      | "name" is created with "new"             |
        | directory | directory "name" is created              |
        | symlink   | symlink "name" to "elsewhere" is created |

    @error.2
    Scenario Outline: A <kind> cannot take the name of a lower directory
      Given a union of these branches:
        | path | upper (rw) | lower (ro)  |
        | name |            | (directory) |
      When <step>
      Then it fails with EEXIST
      And the state is now:
        | path | union       | upper | lower       |
        | name | (directory) |       | (directory) |

      Examples:
        | kind      | step                                     |
        | file      | "name" is created with "new"             |
        | directory | directory "name" is created              |
        | symlink   | symlink "name" to "elsewhere" is created |

    @error.3
    Scenario: A file cannot take the name of a dangling lower symlink
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | name |            | -> nowhere |
      When "name" is created with "new"
      Then it fails with EEXIST
      And the state is now:
        | path | union      | upper | lower      |
        | name | -> nowhere |       | -> nowhere |

  Rule: What does not exist cannot be used

    It does not exist when no branch has it, and not when it was deleted.

    @error.4
    Scenario Outline: A name that no branch has cannot be <action>
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When <step>
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

      Examples:
        | action       | step                            |
        | read         | "b.txt" is read                 |
        | truncated    | "b.txt" is truncated to 0 bytes |
        | deleted      | "b.txt" is deleted              |
        | removed      | directory "b.txt" is removed    |
        | renamed      | "b.txt" is renamed to "c.txt"   |
        | given a mode | "b.txt" is given mode 0600      |
        | listed       | directory "b.txt" is listed     |

    @error.5 @needs:whiteouts
    Scenario Outline: A deleted lower file cannot be <action>
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | kept       |
      And "a.txt" was deleted
      When <step>
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | kept  |            | kept  |

      Examples:
        | action       | step                                           |
        | read         | "a.txt" is read                                |
        | deleted      | "a.txt" is deleted                             |
        | renamed      | "a.txt" is renamed to "c.txt"                  |
        | given a mode | "a.txt" is given mode 0600                     |
        | appended to  | "a.txt" is opened as f with O_WRONLY\|O_APPEND |

    @error.6
    Scenario Outline: A <kind> cannot be created in a directory that no branch has
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When <step>
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

      Examples:
        | kind      | step                                      |
        | file      | "d/new" is created with "new"             |
        | directory | directory "d/new" is created              |
        | symlink   | symlink "d/new" to "elsewhere" is created |

    @error.7 @needs:whiteouts
    Scenario: A file cannot be created in a directory that was removed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      When "d/b.txt" is created with "new"
      Then it fails with ENOENT
      And the state is now:
        | path    | union | upper      | lower       |
        | d       |       | (whiteout) | (directory) |
        | d/a.txt |       |            | lower       |

    @error.8
    Scenario: A lower file cannot be renamed into a directory that no branch has
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is renamed to "d/a.txt"
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

  Rule: A file is not a directory

    Paths do not lead through it, whichever branch it is in.

    @error.9
    Scenario Outline: A <kind> cannot be created below a lower file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When <step>
      Then it fails with ENOTDIR
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

      Examples:
        | kind      | step                              |
        | file      | "a.txt/new" is created with "new" |
        | directory | directory "a.txt/new" is created  |

    @error.10
    Scenario Outline: A lower file cannot be <action> as if it were a directory
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When <step>
      Then it fails with ENOTDIR
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

      Examples:
        | action       | step                                              |
        | removed      | directory "a.txt" is removed                      |
        | listed       | directory "a.txt" is listed                       |
        | read through | "a.txt/." is read                                 |
        | opened       | "a.txt" is opened as f with O_RDONLY\|O_DIRECTORY |

  Rule: A directory is not a file

    It is neither written to nor unlinked.

    @error.11
    Scenario Outline: A lower directory cannot be <action> as if it were a file
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      When <step>
      Then it fails with EISDIR
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

      Examples:
        | action      | step                        |
        | deleted     | "d" is deleted              |
        | appended to | "new" is appended to "d"    |
        | truncated   | "d" is truncated to 0 bytes |
        | read        | "d" is read                 |

  Rule: A directory with entries cannot be removed

    An entry of any branch is enough.

    @error.12
    Scenario Outline: A directory with an entry in the <branch> branch cannot be removed
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt | <upper>     | <lower>     |
      When directory "d" is removed
      Then it fails with ENOTEMPTY
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | text        | <upper>     | <lower>     |

      Examples:
        | branch | upper | lower |
        | upper  | text  |       |
        | lower  |       | text  |

    @error.13 @needs:whiteouts
    Scenario: A directory that only the lower branch has cannot be removed with an entry in it
      Given a union of these branches:
        | path | upper (rw) | lower (ro)  |
        | d/e  |            | (directory) |
      When directory "d" is removed
      Then it fails with ENOTEMPTY
      And the state is now:
        | path | union       | upper | lower       |
        | d/e  | (directory) |       | (directory) |
