Feature: Rename
  A lower entry cannot be moved, since its branch does not change: it is copied up under its new name, and
  its old name is whited out. Both must happen or neither. Renaming within the writable branch is an
  ordinary rename, as long as nothing below shows through afterwards.

  Rule: A lower file is renamed by a copy and a whiteout

    The copy has the new name from the start; a program that looks for either name finds exactly one.

    @rename.1 @needs:copy-on-write @needs:whiteouts
    Scenario: A renamed lower file is found under its new name only
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is renamed to "b.txt"
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | lower | lower      |       |

    @rename.2 @needs:copy-on-write @needs:whiteouts
    Scenario: A lower file replaces another lower file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | a          |
        | b.txt |            | b          |
      When "a.txt" is renamed to "b.txt"
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | a     |
        | b.txt | a     | a          | b     |

    @rename.3 @needs:copy-on-write @needs:whiteouts
    Scenario: A lower file replaces an upper file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt | upper      |            |
      When "a.txt" is renamed to "b.txt"
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | lower | lower      |       |

    @rename.4 @needs:copy-on-write @needs:whiteouts
    Scenario: A copied-up file that is renamed leaves a whiteout for its original
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And "new" was appended to "a.txt"
      When "a.txt" is renamed to "b.txt"
      Then the state is now, and after a remount:
        | path  | union  | upper      | lower |
        | a.txt |        | (whiteout) | old   |
        | b.txt | oldnew | oldnew     |       |

    @rename.5 @needs:copy-on-write @needs:whiteouts
    Scenario: A lower file moves from one lower directory to another
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | lower      |
        | d/b.txt   |            | kept       |
        | e/f/c.txt |            | other      |
      When "d/a.txt" is renamed to "e/f/a.txt"
      Then the state is now, and after a remount:
        | path      | union | upper      | lower |
        | d/a.txt   |       | (whiteout) | lower |
        | d/b.txt   | kept  |            | kept  |
        | e/f/a.txt | lower | lower      |       |
        | e/f/c.txt | other |            | other |

    @rename.6 @needs:copy-on-write @needs:whiteouts
    Scenario: A file that is renamed twice leaves nothing under the name in between
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was renamed to "b.txt"
      When "b.txt" is renamed to "c.txt"
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt |       |            |       |
        | c.txt | lower | lower      |       |

    @rename.7 @needs:copy-on-write @needs:whiteouts
    Scenario: A file that is renamed back leaves no whiteout
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was renamed to "b.txt"
      When "b.txt" is renamed to "a.txt"
      Then the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |
        | b.txt |       |       |       |

    @rename.8 @needs:copy-on-write @needs:whiteouts
    Scenario: The old name of a renamed lower file can be used again
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was renamed to "b.txt"
      When "a.txt" is created with "new"
      Then the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | new   | new   | lower |
        | b.txt | lower | lower |       |

    @rename.9 @needs:copy-on-write @needs:whiteouts
    Scenario: A symlink takes the place of a renamed lower file
      In containers/fuse-overlayfs#279 the symlink vanished at the next mount.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was renamed to "b.txt"
      When symlink "a.txt" to "b.txt" is created
      Then the state is now, and after a remount:
        | path  | union    | upper    | lower |
        | a.txt | -> b.txt | -> b.txt | lower |
        | b.txt | lower    | lower    |       |

    @rename.10 @needs:copy-on-write @needs:whiteouts
    Scenario: A renamed lower file takes the place of a whiteout
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | a          |
        | b.txt |            | b          |
      And "b.txt" was deleted
      When "a.txt" is renamed to "b.txt"
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | a     |
        | b.txt | a     | a          | b     |

    @rename.11 @needs:copy-on-write @needs:whiteouts
    Scenario: A renamed lower file keeps its mtime
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mtime 1000000000.123456789
      When "a.txt" is renamed to "b.txt"
      Then "b.txt" has mtime 1000000000.123456789
      And the state is now:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | lower | lower      |       |

    @rename.12 @needs:copy-on-write @needs:whiteouts
    Scenario: A renamed lower symlink keeps its target
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | a    |            | -> d/f     |
        | d/f  |            | lower      |
      When "a" is renamed to "b"
      Then the state is now, and after a remount:
        | path | union  | upper      | lower  |
        | a    |        | (whiteout) | -> d/f |
        | b    | -> d/f | -> d/f     |        |
        | d/f  | lower  |            | lower  |

  Rule: A rename in the writable branch leaves a whiteout only where a lower name would show

    Known from containers/fuse-overlayfs#327 and google/gvisor#14792, where every rename left one: two
    builds of the same image came out different.

    @rename.13
    Scenario: A renamed upper file leaves nothing behind
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | c.txt |            | lower      |
      When "a.txt" is renamed to "b.txt"
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | upper | upper |       |
        | c.txt | lower |       | lower |

    @rename.14 @needs:copy-on-write
    Scenario: An upper file replaces a lower file without a whiteout
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      When "a.txt" is renamed to "b.txt"
      Then the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | upper | upper | lower |

    @rename.15 @needs:whiteouts
    Scenario: A renamed upper file that shadowed a lower file leaves a whiteout
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      | lower      |
      When "a.txt" is renamed to "b.txt"
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | upper | upper      |       |

    @rename.16
    Scenario: A rename of a file to itself changes nothing
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is renamed to "a.txt"
      Then it succeeds
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |

    @rename.17
    Scenario: A directory of the writable branch is renamed with everything in it
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   | a          |            |
        | d/e/b.txt | b          |            |
        | c.txt     |            | lower      |
      When "d" is renamed to "moved"
      Then the state is now, and after a remount:
        | path          | union | upper | lower |
        | moved/a.txt   | a     | a     |       |
        | moved/e/b.txt | b     | b     |       |
        | c.txt         | lower |       | lower |

    @rename.18 @needs:copy-on-write
    Scenario: A directory of the writable branch replaces an empty lower directory
      Given a union of these branches:
        | path      | upper (rw) | lower (ro)  |
        | new/a.txt | upper      |             |
        | d         |            | (directory) |
      When "new" is renamed to "d"
      Then the state is now, and after a remount:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | upper       | upper       |             |

  Rule: A lower directory is renamed with everything that it shows

    All branches' entries move, and what was hidden stays hidden. A union that cannot do it refuses with
    EXDEV, and programs such as `mv` copy and delete instead; doing half of it loses files.

    @rename.19 @needs:copy-on-write @needs:whiteouts @needs:directory-rename
    Scenario: A renamed lower directory has all its entries
      Known from rpodgorny/unionfs-fuse#91.

      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | a          |
        | d/e/b.txt |            | b          |
      When "d" is renamed to "moved"
      Then the state is now, and after a remount:
        | path          | union | lower |
        | d/a.txt       |       | a     |
        | d/e/b.txt     |       | b     |
        | moved/a.txt   | a     |       |
        | moved/e/b.txt | b     |       |

    @rename.20 @needs:copy-on-write @needs:whiteouts @needs:directory-rename
    Scenario: A renamed merged directory has the entries of every branch
      Given a union of these branches:
        | path | upper (rw) | middle (ro) | lower (ro) |
        | d/1  | upper      |             |            |
        | d/2  |            | middle      | lower      |
        | d/3  |            |             | lower      |
      When "d" is renamed to "moved"
      Then the state is now, and after a remount:
        | path    | union  | middle | lower |
        | d/2     |        | middle | lower |
        | d/3     |        |        | lower |
        | moved/1 | upper  |        |       |
        | moved/2 | middle |        |       |
        | moved/3 | lower  |        |       |

    @rename.21 @needs:copy-on-write @needs:whiteouts @needs:directory-rename
    Scenario: A deleted entry of a lower directory does not come back when it is renamed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | a          |
        | d/b.txt |            | b          |
      And "d/a.txt" was deleted
      When "d" is renamed to "moved"
      Then the state is now, and after a remount:
        | path        | union | lower |
        | d/a.txt     |       | a     |
        | d/b.txt     |       | b     |
        | moved/b.txt | b     |       |

    @rename.22 @needs:copy-on-write @needs:whiteouts @needs:directory-rename
    Scenario: A file of a renamed lower directory can be changed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | old        |
        | d/b.txt |            | other      |
      And "d" was renamed to "moved"
      When "new" is appended to "moved/a.txt"
      Then the state is now, and after a remount:
        | path        | union  | lower |
        | d/a.txt     |        | old   |
        | d/b.txt     |        | other |
        | moved/a.txt | oldnew |       |
        | moved/b.txt | other  |       |

    @rename.23 @needs:copy-on-write @needs:whiteouts @needs:directory-rename
    Scenario: An empty lower directory can be renamed
      Given a union of these branches:
        | path | upper (rw) | lower (ro)  |
        | d    |            | (directory) |
      When "d" is renamed to "moved"
      Then the state is now, and after a remount:
        | path  | union       | lower       |
        | d     |             | (directory) |
        | moved | (directory) |             |

    @rename.24 @needs:copy-on-write @needs:whiteouts @needs:directory-rename
    Scenario: A lower directory that is renamed back has all its entries
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | a          |
        | d/e/b.txt |            | b          |
      And "d" was renamed to "moved"
      When "moved" is renamed to "d"
      Then the state is now, and after a remount:
        | path      | union | lower |
        | d/a.txt   | a     | a     |
        | d/e/b.txt | b     | b     |

  Rule: A directory replaces only an empty directory

    Entries that show through from below count, as they do for rmdir(2); one implementation overwrote them.

    @rename.25
    Scenario: A directory does not replace a lower directory with an entry
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | new/a.txt | upper      |            |
        | d/b.txt   |            | lower      |
      When "new" is renamed to "d"
      Then it fails with ENOTEMPTY
      And the state is now:
        | path      | union | upper | lower |
        | new/a.txt | upper | upper |       |
        | d/b.txt   | lower |       | lower |

    @rename.26
    Scenario: A directory does not replace an empty upper directory above a lower one with an entry
      Given a union of these branches:
        | path      | upper (rw)  | lower (ro)  |
        | new/a.txt | upper       |             |
        | d         | (directory) | (directory) |
        | d/b.txt   |             | lower       |
      When "new" is renamed to "d"
      Then it fails with ENOTEMPTY
      And the state is now:
        | path      | union       | upper       | lower       |
        | new/a.txt | upper       | upper       |             |
        | d         | (directory) | (directory) | (directory) |
        | d/b.txt   | lower       |             | lower       |

    @rename.27
    Scenario: A file does not replace a lower directory
      Given a union of these branches:
        | path  | upper (rw) | lower (ro)  |
        | a.txt | upper      |             |
        | d     |            | (directory) |
      When "a.txt" is renamed to "d"
      Then it fails with EISDIR
      And the state is now:
        | path  | union       | upper | lower       |
        | a.txt | upper       | upper |             |
        | d     | (directory) |       | (directory) |

    @rename.28
    Scenario: A directory does not replace a lower file
      Given a union of these branches:
        | path  | upper (rw)  | lower (ro) |
        | d     | (directory) |            |
        | a.txt |             | lower      |
      When "d" is renamed to "a.txt"
      Then it fails with ENOTDIR
      And the state is now:
        | path  | union       | upper       | lower |
        | d     | (directory) | (directory) |       |
        | a.txt | lower       |             | lower |

    @rename.29
    Scenario: A directory cannot be moved into itself
      Given a union of these branches:
        | path  | upper (rw)  | lower (ro) |
        | d/e   | (directory) |            |
        | a.txt |             | lower      |
      When "d" is renamed to "d/e/f"
      Then it fails with EINVAL
      And the state is now:
        | path  | union       | upper       | lower |
        | d/e   | (directory) | (directory) |       |
        | a.txt | lower       |             | lower |

  Rule: A rename without replacing needs a free name

    A name is taken when the union shows it, in whatever branch; a whiteout leaves it free. Known from
    containers/fuse-overlayfs#273 (refused) and #354 (the source stayed visible).

    @rename.30 @needs:rename-flags
    Scenario Outline: Without replacing, a name that the <branch> branch has is taken
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | a          |            |
        | b.txt | <upper>    | <lower>    |
      When "a.txt" is renamed to "b.txt" without replacing
      Then it fails with EEXIST
      And the state is now:
        | path  | union | upper   | lower   |
        | a.txt | a     | a       |         |
        | b.txt | b     | <upper> | <lower> |

      Examples:
        | branch | upper | lower |
        | upper  | b     |       |
        | lower  |       | b     |

    @rename.31 @needs:rename-flags @needs:copy-on-write @needs:whiteouts
    Scenario: Without replacing, a lower file is renamed to a free name
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" is renamed to "b.txt" without replacing
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | lower | lower      |       |

    @rename.32 @needs:rename-flags @needs:copy-on-write @needs:whiteouts
    Scenario: Without replacing, the name of a deleted file is free
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | a          |
        | b.txt |            | b          |
      And "b.txt" was deleted
      When "a.txt" is renamed to "b.txt" without replacing
      Then the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | a     |
        | b.txt | a     | a          | b     |

  Rule: Exchanging two names loses neither

    An implementation that ignores the flag does an ordinary rename and destroys one of the two; it happened
    in several (cryfs/cryfs#568, s3fs-fuse/s3fs-fuse#2933).

    @rename.33 @needs:rename-flags
    Scenario: Two upper files change places
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | a          |            |
        | b.txt | b          |            |
        | c.txt |            | lower      |
      When "a.txt" and "b.txt" are exchanged
      Then the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | b     | b     |       |
        | b.txt | a     | a     |       |
        | c.txt | lower |       | lower |

    @rename.34 @needs:rename-flags @needs:copy-on-write
    Scenario: Two lower files change places
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | a          |
        | b.txt |            | b          |
      When "a.txt" and "b.txt" are exchanged
      Then the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | b     | b     | a     |
        | b.txt | a     | a     | b     |

    @rename.35 @needs:rename-flags @needs:copy-on-write
    Scenario: An upper and a lower file change places
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      When "a.txt" and "b.txt" are exchanged
      Then the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | lower | lower |       |
        | b.txt | upper | upper | lower |

    @rename.36 @needs:rename-flags
    Scenario: A file and a directory of the writable branch change places
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | a       | file       |            |
        | d/b.txt | b          |            |
        | c.txt   |            | lower      |
      When "a" and "d" are exchanged
      Then the state is now, and after a remount:
        | path    | union | upper | lower |
        | a/b.txt | b     | b     |       |
        | d       | file  | file  |       |
        | c.txt   | lower |       | lower |

    @rename.37 @needs:rename-flags
    Scenario: A lower file cannot be exchanged with a name that does not exist
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When "a.txt" and "b.txt" are exchanged
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |
