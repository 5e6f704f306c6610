@needs:whiteouts @needs:opaque-directories
Feature: Opaque directories
  A lower directory that is removed and created again must come back empty, not merged with what it held
  before. The new directory is marked opaque: nothing below it is merged into it, at any depth. This is the
  most often broken promise of union file systems, since a single forgotten marker brings deleted files
  back.

  Rule: A directory that is removed and created again is empty

    Known from moby/moby#32354, #25244, #42662 and moby/buildkit#2614: old files came back.

    @opaque.1
    Scenario: The old entries of a recreated directory stay hidden
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | lower      |
        | d/e/b.txt |            | lower      |
      And "d" was removed with everything in it
      When directory "d" is created
      Then the state is now, and after a remount:
        | path      | union       | upper    | lower       |
        | d         | (directory) | (opaque) | (directory) |
        | d/a.txt   |             |          | lower       |
        | d/e/b.txt |             |          | lower       |

    @opaque.2
    Scenario: An old entry of a recreated directory cannot be reached by its name
      Known from containers/fuse-overlayfs#324.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      And directory "d" was created
      When "d/a.txt" is read
      Then it fails with ENOENT
      And the state is now:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @opaque.3
    Scenario: A directory whose entries were deleted one by one comes back empty
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d/a.txt" was deleted
      And directory "d" was removed
      When directory "d" is created
      Then the state is now, and after a remount:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @opaque.4
    Scenario: A recreated directory that is removed and created once more is still empty
      Known from containers/fuse-overlayfs#478.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      And directory "d" was created
      And directory "d" was removed
      When directory "d" is created
      Then the state is now, and after a remount:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @opaque.5
    Scenario: A recreated directory has the mode of a new one
      Known from moby/moby#27298, where it had that of the old one.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mode 0700
      And "d" was removed with everything in it
      When directory "d" is created
      Then "d" has mode 0755
      And the state is now:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @opaque.6
    Scenario: A directory that takes the place of a file is not merged with what the file shadowed
      Given a union of these branches:
        | path    | upper (rw) | middle (ro) | lower (ro)  |
        | d       |            | file        | (directory) |
        | d/a.txt |            |             | lower       |
      And "d" was deleted
      When directory "d" is created
      Then the state is now, and after a remount:
        | path    | union       | upper       | middle | lower       |
        | d       | (directory) | (directory) | file   | (directory) |
        | d/a.txt |             |             |        | lower       |

  Rule: An opaque directory hides everything below it, at any depth

    Its sub-directories need no marker of their own: they merge with nothing, because what lies below them
    is below the opaque directory as well. Known from containers/fuse-overlayfs#138 and #425.

    @opaque.7
    Scenario: A sub-directory of a recreated directory is not merged with an old one
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/e/a.txt |            | lower      |
      And "d" was removed with everything in it
      And directory "d" was created
      When directory "d/e" is created
      Then the state is now, and after a remount:
        | path      | union       | upper       | lower       |
        | d         | (directory) | (opaque)    | (directory) |
        | d/e       | (directory) | (directory) | (directory) |
        | d/e/a.txt |             |             | lower       |

    @opaque.8
    Scenario: An opaque directory that is there before the mount hides the lower entries
      Given a union of these branches:
        | path    | upper (rw) | lower (ro)  |
        | d       | (opaque)   | (directory) |
        | d/a.txt | upper      | lower       |
        | d/b.txt |            | lower       |
      When directory "d" is listed
      Then directory "d" lists "a.txt"
      And the state is now, and after a remount:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt | upper       | upper    | lower       |
        | d/b.txt |             |          | lower       |

    @opaque.9
    Scenario: A plain directory in an opaque one is not merged either
      Given a union of these branches:
        | path        | upper (rw) | lower (ro)  |
        | d           | (opaque)   | (directory) |
        | d/e/f/a.txt | upper      |             |
        | d/e/f/b.txt |            | lower       |
        | d/e/c.txt   |            | lower       |
      When directory "d/e/f" is listed
      Then directory "d/e/f" lists "a.txt"
      And the state is now:
        | path        | union       | upper    | lower       |
        | d           | (directory) | (opaque) | (directory) |
        | d/e/f/a.txt | upper       | upper    |             |
        | d/e/f/b.txt |             |          | lower       |
        | d/e/c.txt   |             |          | lower       |

    @opaque.10
    Scenario: An opaque sub-directory hides nothing of its siblings
      Given a union of these branches:
        | path      | upper (rw) | lower (ro)  |
        | d/e       | (opaque)   | (directory) |
        | d/e/a.txt |            | hidden      |
        | d/f/b.txt |            | lower       |
        | d/c.txt   |            | lower       |
      When directory "d" is listed
      Then directory "d" lists "c.txt, e, f"
      And the state is now:
        | path      | union       | upper    | lower       |
        | d/e       | (directory) | (opaque) | (directory) |
        | d/e/a.txt |             |          | hidden      |
        | d/f/b.txt | lower       |          | lower       |
        | d/c.txt   | lower       |          | lower       |

  Rule: A deletion in an opaque directory leaves no whiteout

    There is nothing to hide. Known from containers/fuse-overlayfs#306.

    @opaque.11
    Scenario: A file with an old name that is deleted in a recreated directory leaves no whiteout
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      And directory "d" was created
      And "d/a.txt" was created with "new"
      When "d/a.txt" is deleted
      Then the state is now, and after a remount:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @opaque.12
    Scenario: A directory with an old name that is removed in a recreated directory leaves no whiteout
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/e/a.txt |            | lower      |
      And "d" was removed with everything in it
      And directory "d" was created
      And directory "d/e" was created
      When directory "d/e" is removed
      Then the state is now, and after a remount:
        | path      | union       | upper    | lower       |
        | d         | (directory) | (opaque) | (directory) |
        | d/e/a.txt |             |          | lower       |

    @opaque.13
    Scenario: A file of a recreated directory has only its new content
      Given a union of these branches:
        | path    | upper (rw) | lower (ro)      |
        | d/a.txt |            | a long old text |
      And "d" was removed with everything in it
      And directory "d" was created
      When "d/a.txt" is created with "new"
      Then the state is now, and after a remount:
        | path    | union       | upper    | lower           |
        | d       | (directory) | (opaque) | (directory)     |
        | d/a.txt | new         | new      | a long old text |

  Rule: A directory that is renamed to the place of a removed one hides the old entries

    It was not opaque where it came from; where it arrives it must be, or have a whiteout for each of them.
    Known from containers/fuse-overlayfs#271 and #189.

    @opaque.14
    Scenario: A new directory that takes a deleted directory's name shows only its own entries
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | lower      |
        | new/b.txt | upper      |            |
      And "d" was removed with everything in it
      When "new" is renamed to "d"
      Then the state is now, and after a remount:
        | path    | union       | lower       |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
        | d/b.txt | upper       |             |

    @opaque.15
    Scenario: A new directory that replaces one with only whiteouts in it shows only its own entries
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | lower      |
        | new/b.txt | upper      |            |
      And "d/a.txt" was deleted
      When "new" is renamed to "d"
      Then the state is now, and after a remount:
        | path    | union       | lower       |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
        | d/b.txt | upper       |             |

    @opaque.16 @needs:copy-on-write @needs:directory-rename
    Scenario: A directory that is moved away and created again is empty
      Known from containers/fuse-overlayfs#444.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was renamed to "moved"
      When directory "d" is created
      Then the state is now, and after a remount:
        | path        | union       | lower       |
        | d           | (directory) | (directory) |
        | d/a.txt     |             | lower       |
        | moved/a.txt | lower       |             |

  Rule: An opaque directory of a read-only branch hides what is below that branch

    Branches above it are merged with it as ever. Known from containers/fuse-overlayfs#136 and #138.

    @opaque.17 @needs:whiteouts-in-read-only-branches
    Scenario: An opaque directory in the middle hides the lower entries only
      Given a union of these branches:
        | path | upper (rw)  | middle (ro+wh) | lower (ro)  |
        | d    | (directory) | (opaque)       | (directory) |
        | d/1  | upper       |                |             |
        | d/2  |             | middle         |             |
        | d/3  |             |                | lower       |
      When directory "d" is listed
      Then directory "d" lists "1, 2"
      And the state is now:
        | path | union       | upper       | middle   | lower       |
        | d    | (directory) | (directory) | (opaque) | (directory) |
        | d/1  | upper       | upper       |          |             |
        | d/2  | middle      |             | middle   |             |
        | d/3  |             |             |          | lower       |

    @opaque.18 @needs:whiteouts-in-read-only-branches
    Scenario: A nested opaque directory in the middle is honoured
      Given a union of these branches:
        | path        | upper (rw) | middle (ro+wh) | lower (ro)  |
        | d/e         |            | (opaque)       | (directory) |
        | d/e/new.txt |            | middle         |             |
        | d/e/old.txt |            |                | lower       |
        | d/kept.txt  |            |                | lower       |
      When directory "d/e" is listed
      Then directory "d/e" lists "new.txt"
      And the state is now:
        | path        | union       | upper | middle   | lower       |
        | d/e         | (directory) |       | (opaque) | (directory) |
        | d/e/new.txt | middle      |       | middle   |             |
        | d/e/old.txt |             |       |          | lower       |
        | d/kept.txt  | lower       |       |          | lower       |

    @opaque.19 @needs:whiteouts-in-read-only-branches
    Scenario: A directory that one layer deletes and the next brings back has no old entries
      Given a union of these branches:
        | path    | upper (rw)  | middle (ro+wh) | lower (ro)  |
        | d       | (directory) | (whiteout)     | (directory) |
        | d/e     | (directory) |                | (directory) |
        | d/e/foo |             |                | lower       |
      When directory "d/e" is listed
      Then directory "d/e" lists ""
      And the state is now, and after a remount:
        | path    | union       | upper       | middle     | lower       |
        | d       | (directory) | (directory) | (whiteout) | (directory) |
        | d/e     | (directory) | (directory) |            | (directory) |
        | d/e/foo |             |             |            | lower       |

    @opaque.20 @needs:whiteouts-in-read-only-branches
    Scenario: A directory that a read-only branch whites out can be created empty
      Given a union of these branches:
        | path  | upper (rw) | middle (ro+wh) | lower (ro)  |
        | d     |            | (whiteout)     | (directory) |
        | d/foo |            |                | lower       |
      When directory "d" is created
      Then the state is now, and after a remount:
        | path  | union       | upper       | middle     | lower       |
        | d     | (directory) | (directory) | (whiteout) | (directory) |
        | d/foo |             |             |            | lower       |

    @opaque.21 @needs:copy-on-write @needs:whiteouts-in-read-only-branches
    Scenario: The copy of an opaque directory does not hide the entries of the original
      An opaque marker that is copied like any other attribute would hide them.

      Given a union of these branches:
        | path | upper (rw) | middle (ro+wh) | lower (ro)  |
        | d    |            | (opaque)       | (directory) |
        | d/2  |            | middle         |             |
        | d/3  |            |                | lower       |
      When "d" is given mode 0711
      Then the state is now, and after a remount:
        | path | union       | upper       | middle   | lower       |
        | d    | (directory) | (directory) | (opaque) | (directory) |
        | d/2  | middle      |             | middle   |             |
        | d/3  |             |             |          | lower       |

    @opaque.22 @needs:plain-read-only-branches
    Scenario: An opaque directory in a plain read-only branch hides nothing
      Given a union of these branches:
        | path | upper (rw) | middle (ro) | lower (ro)  |
        | d    |            | (opaque)    | (directory) |
        | d/2  |            | middle      |             |
        | d/3  |            |             | lower       |
      When directory "d" is listed
      Then directory "d" lists "2, 3"
      And the state is now:
        | path | union       | upper | middle   | lower       |
        | d    | (directory) |       | (opaque) | (directory) |
        | d/2  | middle      |       | middle   |             |
        | d/3  | lower       |       |          | lower       |

  Rule: A directory in the place of a file hides what the file shadowed

    The file kept the lower directory from being seen. When it is gone, a whiteout does so, and then the new
    directory has to.

    @opaque.23
    Scenario: A directory that takes the place of an upper file above a lower directory is empty
      Given a union of these branches:
        | path    | upper (rw) | lower (ro)  |
        | d       | file       | (directory) |
        | d/a.txt |            | lower       |
      And "d" was deleted
      When directory "d" is created
      Then the state is now, and after a remount:
        | path    | union       | upper    | lower       |
        | d       | (directory) | (opaque) | (directory) |
        | d/a.txt |             |          | lower       |

    @opaque.24 @needs:rename-flags
    Scenario: A directory that is exchanged with a file above a lower directory shows only its own entries
      Given a union of these branches:
        | path      | upper (rw) | lower (ro)  |
        | new/b.txt | upper      |             |
        | d         | file       | (directory) |
        | d/a.txt   |            | lower       |
      When "new" and "d" are exchanged
      Then the state is now, and after a remount:
        | path    | union       | lower       |
        | new     | file        |             |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
        | d/b.txt | upper       |             |

    @opaque.25
    Scenario: A directory that is recreated within a merged one hides its own old entries only
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/e/a.txt |            | old        |
        | d/f/b.txt |            | kept       |
      And "d/e" was removed with everything in it
      When directory "d/e" is created
      Then the state is now, and after a remount:
        | path      | union       | upper       | lower       |
        | d         | (directory) | (directory) | (directory) |
        | d/e       | (directory) | (opaque)    | (directory) |
        | d/e/a.txt |             |             | old         |
        | d/f/b.txt | kept        |             | kept        |

    @opaque.26
    Scenario: A recreated directory that is renamed leaves the old entries hidden
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" was removed with everything in it
      And directory "d" was created
      And "d/b.txt" was created with "new"
      When "d" is renamed to "moved"
      Then the state is now, and after a remount:
        | path        | union | lower       |
        | d           |       | (directory) |
        | d/a.txt     |       | lower       |
        | moved/b.txt | new   |             |

    @opaque.27 @needs:rename-flags
    Scenario: Without replacing, a directory that takes a deleted directory's name shows only its own entries
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | d/a.txt   |            | lower      |
        | new/b.txt | upper      |            |
      And "d" was removed with everything in it
      When "new" is renamed to "d" without replacing
      Then the state is now, and after a remount:
        | path    | union       | lower       |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
        | d/b.txt | upper       |             |
