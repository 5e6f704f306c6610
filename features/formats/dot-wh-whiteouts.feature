@needs:whiteouts @needs:dot-wh-whiteouts
Feature: Whiteouts as files named .wh.NAME
  One way to mark a name as deleted is an empty file beside it, with `.wh.` before the name; a directory is
  opaque when it has a file `.wh..wh..opq`. Any file system can hold such marks, and the archives that
  images are distributed in use them whatever the union below. The price is that no name of the union may
  begin so.

  Rule: A deletion leaves a file with .wh. before the name

    It is the marker itself that hides the name, not a record of what was done.

    @dot-wh.1 @claim:U14
    Scenario: The whiteout of a deleted file is an empty file beside it
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      When "test" is deleted
      Then ".wh.test" is stored in the upper branch as "(empty)"
      And the state is now, and after a remount:
        | path | union | upper      | lower |
        | test |       | (whiteout) | test1 |

    @dot-wh.2 @claim:U15
    Scenario: A lower file comes back after a remount when its .wh. file is removed
      A name that was looked up before may stay hidden until then: the tutorials leave the remount out.

      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      And "test" was deleted
      And ".wh.test" was taken out of the upper branch
      When the union is remounted
      Then the state is now:
        | path | union | upper | lower |
        | test | test1 |       | test1 |

    @dot-wh.3
    Scenario: A file with .wh. before a name hides that name
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | d/b.txt |            | kept       |
      And "d/.wh.a.txt" was put into the upper branch as "(empty)"
      When "d/a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path    | union | upper      | lower |
        | d/a.txt |       | (whiteout) | lower |
        | d/b.txt | kept  |            | kept  |

    @dot-wh.4
    Scenario: A new entry takes the .wh. file away
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was deleted
      When "a.txt" is created with "new"
      Then ".wh.a.txt" is stored in the upper branch as ""
      And the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | new   | new   | lower |

    @dot-wh.5 @needs:whiteouts-in-read-only-branches
    Scenario: A .wh. file of a read-only branch hides the name below it
      Given a union of these branches:
        | path  | upper (rw) | middle (ro+wh) | lower (ro) |
        | a.txt |            |                | lower      |
        | b.txt |            |                | kept       |
      And ".wh.a.txt" was put into the middle branch as "(empty)"
      When "a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | middle     | lower |
        | a.txt |       |       | (whiteout) | lower |
        | b.txt | kept  |       |            | kept  |

  Rule: A file named .wh..wh..opq makes its directory opaque

    It stands for a `.wh.` file for every name there is.

    @dot-wh.6 @needs:opaque-directories
    Scenario: A recreated directory has a .wh..wh..opq file
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      When directory "d" is created
      Then "d/.wh..wh..opq" is stored in the upper branch as "(empty)"
      And the state is now, and after a remount:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @dot-wh.7 @needs:opaque-directories
    Scenario: A .wh..wh..opq file hides the lower entries of its directory
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt | upper      |            |
        | d/b.txt |            | lower      |
      And "d/.wh..wh..opq" was put into the upper branch as "(empty)"
      When directory "d" is listed
      Then directory "d" lists "a.txt"
      And the state is now:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt | upper       | upper    |             |
        | d/b.txt |             |          | lower       |

  Rule: Names that begin with .wh. are reserved

    Otherwise a user could hide a file by creating another.

    @dot-wh.8
    Scenario Outline: A <kind> cannot have a name that begins with .wh.
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When <step>
      Then it fails with EPERM
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

      Examples:
        | kind      | step                                  |
        | file      | ".wh.a.txt" is created with ""        |
        | directory | directory ".wh.a.txt" is created      |
        | symlink   | symlink ".wh.a.txt" to "b" is created |

    @dot-wh.9
    Scenario Outline: A file can have the name <name>
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "<name>" is created with "new"
      Then the state is now, and after a remount:
        | path   | union | upper | lower |
        | a.txt  | lower |       | lower |
        | <name> | new   | new   |       |

      Examples:
        | name       |
        | .wh        |
        | .wha.txt   |
        | ..wh.a.txt |
        | a.wh.txt   |

  Rule: A directory is where its entries are

    The format knows no note that says "the lower entries of this directory are to be found under another
    name". So a directory with lower entries stays, and what is renamed takes no marks along.

    @dot-wh.10
    Scenario: A directory with lower entries is not renamed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      When "d" is renamed to "moved"
      Then it fails with EXDEV
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

    @dot-wh.11
    Scenario: The .wh. files of a directory do not go along when it is renamed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | d/b.txt | upper      |            |
      And "d/a.txt" was deleted
      When "d" is renamed to "moved"
      Then "moved/.wh.a.txt" is stored in the upper branch as ""
      And the state is now, and after a remount:
        | path        | union | upper      | lower       |
        | d           |       | (whiteout) | (directory) |
        | d/a.txt     |       |            | lower       |
        | moved/b.txt | upper | upper      |             |

  Rule: The mode of a branch says whether its .wh. files count

    In a branch that is written to they must. In one that is only read they are an image's deletions, or files
    that somebody gave such a name: `+wh` says which. Seen they are in neither case.

    @dot-wh.12 @claim:U19
    Scenario Outline: A .wh. file of a branch mounted <mode> hides the name below it
      Given a union of these branches:
        | path  | upper (rw) | middle (<mode>) | lower (ro) |
        | a.txt |            |                 | lower      |
        | b.txt |            |                 | kept       |
      And ".wh.a.txt" was put into the middle branch as "(empty)"
      When directory "." is listed
      Then directory "." lists "b.txt"
      And the state is now:
        | path  | union | upper | middle     | lower |
        | a.txt |       |       | (whiteout) | lower |
        | b.txt | kept  |       |            | kept  |

      @needs:whiteouts-in-read-only-branches
      Examples: read-only with whiteouts
        | mode  |
        | ro+wh |
        | rr+wh |

      @needs:several-writable-branches
      Examples: writable
        | mode |
        | rw   |

    @dot-wh.13 @claim:U19 @needs:plain-read-only-branches
    Scenario Outline: A .wh. file of a branch mounted <mode> hides nothing and is not seen
      Given a union of these branches:
        | path  | upper (rw) | middle (<mode>) | lower (ro) |
        | a.txt |            |                 | lower      |
        | b.txt |            |                 | kept       |
      And ".wh.a.txt" was put into the middle branch as "(empty)"
      When directory "." is listed
      Then directory "." lists "a.txt, b.txt"
      And the state is now:
        | path  | union | upper | middle     | lower |
        | a.txt | lower |       | (whiteout) | lower |
        | b.txt | kept  |       |            | kept  |

      Examples:
        | mode |
        | ro   |
        | rr   |

  Rule: All whiteouts of a branch are one file

    A tree with ten thousand deletions would need ten thousand empty files. It has one, `.wh..wh.aufs` in the root
    of the branch, and each whiteout and opaque marker is another name of it.

    @dot-wh.14 @needs:linked-whiteouts
    Scenario: A whiteout is a write-protected hard link
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      When "test" is deleted
      Then ".wh.test" in the upper branch has mode 0444
      And ".wh.test" in the upper branch has links 2
      And the state is now:
        | path | union | upper      | lower |
        | test |       | (whiteout) | test1 |

    @dot-wh.15 @needs:linked-whiteouts
    Scenario: The second whiteout is one more link of the same file
      Given a union of these branches:
        | path   | upper (rw) | lower (ro) |
        | a.txt  |            | 1          |
        | d/file |            | 2          |
      And "a.txt" was deleted
      When "d/file" is deleted
      Then ".wh..wh.aufs" in the upper branch has links 3
      And the state is now:
        | path   | union       | upper       | lower       |
        | a.txt  |             | (whiteout)  | 1           |
        | d      | (directory) | (directory) | (directory) |
        | d/file |             | (whiteout)  | 2           |

    @dot-wh.16 @needs:linked-whiteouts @needs:opaque-directories
    Scenario: An opaque marker is a write-protected hard link too
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      When directory "d" is created
      Then "d/.wh..wh..opq" in the upper branch has mode 0444
      And "d/.wh..wh..opq" in the upper branch has links 2
      And the state is now:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @dot-wh.17 @needs:linked-whiteouts
    Scenario: A name that is used again takes its link away
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      And "test" was deleted
      When "test" is created with "again"
      Then ".wh..wh.aufs" in the upper branch has links 1
      And the state is now:
        | path | union | upper | lower |
        | test | again | again | test1 |

  Rule: What a union keeps for itself lies in the root of its writable branch

    The file that whiteouts are links of, a directory for what is being taken apart, and one for files with names
    in two branches. They are made by the mount, so the branch is not quite empty before the first write; the
    union shows none of them.

    @dot-wh.18 @claim:U18 @needs:linked-whiteouts
    Scenario: A union that is mounted has three entries of its own in its writable branch
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      When directory "." is listed
      Then ".wh..wh.aufs" is stored in the upper branch as "(empty)"
      And ".wh..wh.orph" is stored in the upper branch as "(directory)"
      And ".wh..wh.plnk" in the upper branch has mode 0700
      And directory "." lists "test"

    @dot-wh.19 @needs:linked-whiteouts
    Scenario: A read-only branch is left without them
      Given a union of these branches:
        | path | upper (rw) | lower (ro+wh) |
        | test |            | test1         |
      When "test" is deleted
      Then ".wh..wh.aufs" is stored in the lower branch as ""
      And the state is now:
        | path | union | upper      | lower |
        | test |       | (whiteout) | test1 |

    @dot-wh.20 @needs:linked-whiteouts
    Scenario: What a union kept for itself stays when it is unmounted
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | test |            | test1      |
      And "test" was deleted
      When the union is unmounted
      Then ".wh..wh.aufs" in the upper branch has links 2
      And ".wh..wh.orph" is stored in the upper branch as "(directory)"
      And ".wh..wh.plnk" is stored in the upper branch as "(directory)"
      And ".wh.test" is stored in the upper branch as "(empty)"
