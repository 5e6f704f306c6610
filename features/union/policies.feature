Feature: Policies
  When several branches are writable, something has to choose. By default what is new lies where its directory
  is, in the highest branch that has it, and so does a copy. Other policies spread files over disks, or keep
  copies near their originals. None of them ever puts something where a branch above would hide it.

  Rule: A creation policy says where a new entry is made

    The directory of a new entry is made on the way when the chosen branch does not have it.

    @policy.1 @needs:several-writable-branches
    Scenario: With top-down-parent a new file lies in the highest branch that has its directory
      Given a union of these branches:
        | path | a (rw) | b (rw)      | c (rw)      |
        | d    |        | (directory) | (directory) |
      And the union was mounted with creation policy tdp
      When "d/new" is created with "added"
      Then the state is now:
        | path  | union | a | b     | c           |
        | d/new | added |   | added |             |
        | d     |       |   |       | (directory) |

    @policy.2 @needs:creation-policies
    Scenario: With round-robin files go from branch to branch
      Given a union of these branches:
        | path | a (rw) | b (rw) | c (rw) |
      And the union was mounted with creation policy rr
      And "1" was created with "1"
      And "2" was created with "2"
      And "3" was created with "3"
      When "4" is created with "4"
      Then the state is now:
        | path | union | a | b | c |
        | 1    | 1     | 1 |   |   |
        | 2    | 2     |   |   | 2 |
        | 3    | 3     |   | 3 |   |
        | 4    | 4     | 4 |   |   |

    @policy.3 @needs:creation-policies
    Scenario: With round-robin directories stay in one branch until a file is made
      Given a union of these branches:
        | path | a (rw) | b (rw) | c (rw) |
      And the union was mounted with creation policy rr
      And directory "one" was created
      And directory "two" was created
      And "file" was created with "text"
      When directory "three" is created
      Then the state is now:
        | path  | union       | a           | b | c           |
        | one   | (directory) | (directory) |   |             |
        | two   | (directory) | (directory) |   |             |
        | file  | text        | text        |   |             |
        | three | (directory) |             |   | (directory) |

    @policy.4 @needs:creation-policies
    Scenario: With round-robin the directory of a file is made where it is missing
      Given a union of these branches:
        | path    | a (rw) | b (rw) | c (rw) |
        | d/b.txt |        | b      |        |
      And the union was mounted with creation policy rr
      When "d/new" is created with "added"
      Then the state is now, and after a remount:
        | path    | union | a     | b | c |
        | d/b.txt | b     |       | b |   |
        | d/new   | added | added |   |   |

    @policy.5 @needs:creation-policies @requires:mounts
    Scenario: With most-free-space a new file goes to the roomiest branch
      Given a union of these branches:
        | path    | a (rw, 8 MiB) | b (rw, 32 MiB) | c (rw, 16 MiB) |
        | d/a.txt | a             |                |                |
      And the union was mounted with creation policy mfs
      When "d/new" is created with "added"
      Then the state is now, and after a remount:
        | path    | union | a | b     | c |
        | d/a.txt | a     | a |       |   |
        | d/new   | added |   | added |   |

    @policy.6 @needs:creation-policies @requires:mounts
    Scenario: With parent-most-free-space a new file goes to the roomiest branch that has its directory
      Given a union of these branches:
        | path | a (rw, 8 MiB) | b (rw, 32 MiB) | c (rw, 16 MiB) |
        | d    | (directory)   |                | (directory)    |
      And the union was mounted with creation policy pmfs
      When "d/new" is created with "added"
      Then the state is now, and after a remount:
        | path  | union | a           | b | c     |
        | d     |       | (directory) |   |       |
        | d/new | added |             |   | added |

    @policy.7 @needs:creation-policies @needs:opaque-directories @requires:mounts
    Scenario: With most-free-space nothing is made below a directory that hides it
      Given a union of these branches:
        | path    | a (rw, 8 MiB) | b (rw, 32 MiB) |
        | d       | (opaque)      |                |
        | d/b.txt |               | b              |
      And the union was mounted with creation policy mfs
      When "d/new" is created with "added"
      Then the state is now, and after a remount:
        | path    | union | a     | b |
        | d/new   | added | added |   |
        | d/b.txt |       |       | b |

    @policy.8 @needs:creation-policies @needs:whiteouts @requires:mounts
    Scenario: With most-free-space a deleted name comes back where its whiteout does not hide it
      Given a union of these branches:
        | path  | a (rw, 8 MiB) | b (rw, 32 MiB) | c (ro) |
        | a.txt | (whiteout)    |                | old    |
      And the union was mounted with creation policy mfs
      When "a.txt" is created with "new"
      Then the state is now, and after a remount:
        | path  | union | a   | b | c   |
        | a.txt | new   | new |   | old |

  Rule: A copy-up policy says where an entry is copied to

    It goes up, never down: to the highest branch that has the directory, to the nearest that has it, or to the
    nearest at all.

    @policy.9 @needs:copy-up-policies
    Scenario Outline: With <policy> a copy goes to the branch that the policy says
      Given a union of these branches:
        | path | a (rw)      | b (rw)      | m (rw) | c (ro) |
        | d    | (directory) | (directory) |        |        |
        | d/g  |             |             |        | old    |
      And the union was mounted with copy-up policy <option>
      When "new" is appended to "d/g"
      Then the state is now, and after a remount:
        | path | union       | a           | b           | m   | c   |
        | d    | (directory) | (directory) | (directory) |     |     |
        | d/g  | oldnew      | <a>         | <b>         | <m> | old |

      Examples:
        | policy           | option | a      | b      | m      |
        | top-down-parent  | tdp    | oldnew |        |        |
        | bottom-up-parent | bup    |        | oldnew |        |
        | bottom-up        | bu     |        |        | oldnew |

    @policy.10 @needs:copy-up-policies @needs:whiteouts
    Scenario: A whiteout is made where the copy-up policy would put the copy
      Given a union of these branches:
        | path | a (rw) | b (rw) | c (ro) |
        | f    |        |        | old    |
      And the union was mounted with copy-up policy bu
      When "f" is deleted
      Then the state is now, and after a remount:
        | path | union | a | b          | c   |
        | f    |       |   | (whiteout) | old |

    @policy.11 @needs:copy-up-policies
    Scenario: A copy-up policy says nothing about new files
      Given a union of these branches:
        | path | a (rw) | b (rw) | c (ro) |
        | f    |        |        | old    |
      And the union was mounted with copy-up policy bu
      When "new" is created with "added"
      Then the state is now:
        | path | union | a     | b | c   |
        | f    | old   |       |   | old |
        | new  | added | added |   |     |

  Rule: Nothing is written below a read-only branch that would hide it

    A writable branch under a read-only one takes changes of what only it has. For the rest there is no place.

    @policy.12 @needs:several-writable-branches
    Scenario: A file of a writable branch below a read-only one is changed in place
      Given a union of these branches:
        | path | upper (ro) | lower (rw) |
        | 001  | image1     |            |
        | 003  |            | image2     |
      When "+" is appended to "003"
      Then the state is now:
        | path | union   | upper  | lower   |
        | 001  | image1  | image1 |         |
        | 003  | image2+ |        | image2+ |

    @policy.13 @needs:several-writable-branches
    Scenario: A file of a read-only branch above the only writable one cannot be changed
      Given a union of these branches:
        | path | upper (ro) | lower (rw) |
        | 001  | image1     |            |
      When "+" is appended to "001"
      Then it fails with EROFS
      And the state is now:
        | path | union  | upper  | lower |
        | 001  | image1 | image1 |       |

    @policy.14 @needs:several-writable-branches
    Scenario: A file of a read-only branch above the only writable one cannot be deleted
      Given a union of these branches:
        | path | upper (ro) | lower (rw) |
        | 002  | image1     | image2     |
      When "002" is deleted
      Then it fails with EROFS
      And the state is now:
        | path | union  | upper  | lower  |
        | 002  | image1 | image1 | image2 |

    @policy.15 @needs:several-writable-branches
    Scenario: Nothing is created in a directory whose highest part is read-only with nothing writable above
      Given a union of these branches:
        | path | upper (ro) | lower (rw) |
        | 001  | image1     |            |
      When "new" is created with "added"
      Then it fails with EROFS
      And the state is now:
        | path | union  | upper  | lower |
        | 001  | image1 | image1 |       |

  Rule: A union can be read-only as a whole

    Then the modes of its branches do not matter, and a remount without that option makes it writable again.

    @policy.16 @claim:U7 @needs:read-only-mount
    Scenario: A file of a writable branch cannot be changed in a union that is mounted read-only
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      And the union was mounted with writing switched off
      When "+" is appended to "a.txt"
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper |       |
        | b.txt | lower |       | lower |

    @policy.17 @claim:U7 @needs:read-only-mount
    Scenario: A lower file cannot be deleted in a union that is mounted read-only
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | b.txt |            | lower      |
      And the union was mounted with writing switched off
      When "b.txt" is deleted
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | b.txt | lower |       | lower |

    @policy.18 @claim:U7 @needs:read-only-mount
    Scenario: A file cannot be created in a union that is mounted read-only
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | b.txt |            | lower      |
      And the union was mounted with writing switched off
      When "new" is created with "added"
      Then it fails with EROFS
      And the state is now:
        | path  | union | upper | lower |
        | b.txt | lower |       | lower |
