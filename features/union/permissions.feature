@requires:root
Feature: Permissions
  A union decides who may do what by the mode and owner that it shows, as any file system. How it then
  reaches into its branches is its own affair: copying up a file of another user, or creating the
  directories above it, needs rights that the caller does not have and must not be asked for.

  Rule: Mode and owner of a lower entry are enforced

    Here root owns everything, and user 65534 is nobody in particular.

    @permission.1
    Scenario: A user cannot write to a lower file of another user
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And user 65534 acts
      When "new" is appended to "a.txt"
      Then it fails with EACCES
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @permission.2
    Scenario: A user cannot truncate a lower file of another user
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And user 65534 acts
      When "a.txt" is truncated to 0 bytes
      Then it fails with EACCES
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @permission.3
    Scenario: A user cannot read a lower file that only its owner may read
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mode 0600
      And user 65534 acts
      When "a.txt" is read
      Then it fails with EACCES
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @permission.4
    Scenario: A user can read a lower file by the rights of its group
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given owner 5:65534
      And "a.txt" in the lower branch was given mode 0640
      And user 65534 acts
      When "a.txt" is read
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @permission.5
    Scenario: A user cannot search a lower directory that only its owner may search
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mode 0700
      And user 65534 acts
      When "d/a.txt" is read
      Then it fails with EACCES
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

    @permission.6
    Scenario Outline: A user cannot create a <kind> in a lower directory of another user
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And user 65534 acts
      When <step>
      Then it fails with EACCES
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

      Examples:
        | kind      | step                                  |
        | file      | "d/new" is created with "new"         |
        | directory | directory "d/new" is created          |
        | symlink   | symlink "d/new" to "a.txt" is created |

    @permission.7
    Scenario: A user cannot delete a file in a lower directory of another user
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d/a.txt" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When "d/a.txt" is deleted
      Then it fails with EACCES
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

    @permission.8
    Scenario: A user cannot rename a file in a lower directory of another user
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And user 65534 acts
      When "d/a.txt" is renamed to "d/b.txt"
      Then it fails with EACCES
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

    @permission.9
    Scenario: In a sticky lower directory a user cannot delete what another user owns
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | tmp/a.txt |            | lower      |
      And "tmp" in the lower branch was given mode 1777
      And user 65534 acts
      When "tmp/a.txt" is deleted
      Then it fails with EPERM
      And the state is now:
        | path      | union | upper | lower |
        | tmp/a.txt | lower |       | lower |

    @permission.10
    Scenario Outline: A user cannot change the <property> of a lower file of another user
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given mode 0666
      And user 65534 acts
      When "a.txt" is given <value>
      Then it fails with EPERM
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

      Examples:
        | property | value                      |
        | mode     | mode 0600                  |
        | owner    | owner 65534:65534          |
        | mtime    | mtime 1000000000.000000001 |

    @permission.11
    Scenario: A user cannot give an own lower file away
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When "a.txt" is given owner 5:65534
      Then it fails with EPERM
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

  Rule: What the mode allows works on a lower entry too

    The copy and the directories above it are made by the union, with the rights it needs for that; they
    belong to whom the originals belong to.

    @permission.12 @needs:copy-on-write
    Scenario: A user can write to a lower file that everybody may write to
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | old        |
      And "d/a.txt" in the lower branch was given mode 0666
      And user 65534 acts
      When "new" is appended to "d/a.txt"
      Then "d/a.txt" has owner 0:0
      And the state is now:
        | path    | union  | upper  | lower |
        | d/a.txt | oldnew | oldnew | old   |

    @permission.13 @needs:copy-on-write
    Scenario: A user can write to an own file in a lower directory of another user
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | old        |
      And "d/a.txt" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When "new" is appended to "d/a.txt"
      Then "d" has owner 0:0
      And the state is now:
        | path    | union  | upper  | lower |
        | d/a.txt | oldnew | oldnew | old   |

    @permission.14 @needs:copy-on-write
    Scenario: A user can change the mode of an own write-protected lower file
      Known from containers/fuse-overlayfs#307.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given owner 65534:65534
      And "a.txt" in the lower branch was given mode 0444
      And user 65534 acts
      When "a.txt" is given mode 0644
      Then the state is now:
        | path  | union | upper | lower |
        | a.txt | lower | lower | lower |

    @permission.15 @needs:whiteouts
    Scenario: A user can delete an own write-protected file in an own lower directory
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d/a.txt" in the lower branch was given mode 0444
      And "d" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When "d/a.txt" is deleted
      Then the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt |             | (whiteout)  | lower       |

    @permission.16 @needs:whiteouts
    Scenario: A user can delete an own file in a sticky lower directory
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | tmp/a.txt |            | lower      |
      And "tmp" in the lower branch was given mode 1777
      And "tmp/a.txt" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When "tmp/a.txt" is deleted
      Then the state is now:
        | path      | union       | upper       | lower       |
        | tmp       | (directory) | (directory) | (directory) |
        | tmp/a.txt |             | (whiteout)  | lower       |

  Rule: A new entry belongs to who creates it

    Not to who owns the directory, the copy of it or the entry that was there before.

    @permission.17 @needs:copy-on-write
    Scenario: A file that a user creates in a lower directory belongs to that user
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mode 0777
      And user 65534 acts
      When "d/b.txt" is created with "new"
      Then "d/b.txt" has owner 65534:65534
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |
        | d/b.txt | new   | new   |       |

    @permission.18 @needs:copy-on-write
    Scenario: A directory that a user creates in a lower directory belongs to that user
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mode 0777
      And user 65534 acts
      When directory "d/e" is created
      Then "d/e" has owner 65534:65534
      And the state is now:
        | path    | union       | upper       | lower |
        | d/a.txt | lower       |             | lower |
        | d/e     | (directory) | (directory) |       |

    @permission.19 @needs:copy-on-write
    Scenario: A symlink that a user creates in a lower directory belongs to that user
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mode 0777
      And user 65534 acts
      When symlink "d/link" to "a.txt" is created
      Then "d/link" has owner 65534:65534
      And the state is now:
        | path    | union    | upper    | lower |
        | d/a.txt | lower    |          | lower |
        | d/link  | -> a.txt | -> a.txt |       |

    @permission.20 @needs:whiteouts
    Scenario: A file that takes the place of a deleted one belongs to its creator
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | (whiteout) | lower      |
      And "." in the upper branch was given mode 0777
      And user 65534 acts
      When "a.txt" is created with "new"
      Then "a.txt" has owner 65534:65534
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | new   | new   | lower |

    @permission.21 @needs:copy-on-write
    Scenario: A file in a set-group-ID lower directory belongs to the group of the directory
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given owner 5:77
      And "d" in the lower branch was given mode 2755
      When "d/b.txt" is created with "new"
      Then "d/b.txt" has owner 0:77
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |
        | d/b.txt | new   | new   |       |

    @permission.22 @needs:copy-on-write
    Scenario: A directory in a set-group-ID lower directory inherits the bit
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mode 2777
      When directory "d/e" is created
      Then "d/e" has mode 2755
      And the state is now:
        | path    | union       | upper       | lower |
        | d/a.txt | lower       |             | lower |
        | d/e     | (directory) | (directory) |       |

  Rule: The mode of a merged directory is that of its highest branch

    A directory of a lower branch that was closed, or opened, later on is as open as the highest branch
    says. Known from moby/moby#783 and #20240.

    @permission.23
    Scenario: A lower directory that is closed does not close the upper one
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And "d" in the lower branch was given mode 0700
      And user 65534 acts
      When "d/a.txt" is read
      Then the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @permission.36
    Scenario: The highest branch alone decides who may enter a directory, if the mount was told so
      Some unions ask every branch unless they are told not to; where an image's layers are mounted, they are.

      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And the union was mounted with permissions of the highest branch
      And "d" in the lower branch was given mode 0700
      And user 65534 acts
      When directory "d" is listed
      Then directory "d" lists "a.txt"
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

    @permission.24
    Scenario: A lower directory that is open does not open the upper one
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And "d" in the upper branch was given mode 0700
      And user 65534 acts
      When "d/a.txt" is read
      Then it fails with EACCES
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

  Rule: A user's write takes away the set-user-ID bit

    Otherwise whoever may write to a program could make it do anything in its owner's name.

    @permission.25 @needs:copy-on-write
    Scenario: A lower program loses its set-user-ID bit when a user writes to it
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | program |            | old        |
      And "program" in the lower branch was given mode 4777
      And user 65534 acts
      When "new" is appended to "program"
      Then "program" has mode 0777
      And the state is now:
        | path    | union  | upper  | lower |
        | program | oldnew | oldnew | old   |

    @permission.26
    Scenario: An upper program loses its set-user-ID bit when a user writes to it
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | program | old        |            |
        | a.txt   |            | lower      |
      And "program" in the upper branch was given mode 4777
      And user 65534 acts
      When "new" is appended to "program"
      Then "program" has mode 0777
      And the state is now:
        | path    | union  | upper  | lower |
        | program | oldnew | oldnew |       |
        | a.txt   | lower  |        | lower |

    @permission.27 @needs:copy-on-write
    Scenario: A lower program loses its set-user-ID bit when a user truncates it
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | program |            | old        |
      And "program" in the lower branch was given mode 4777
      And user 65534 acts
      When "program" is truncated to 2 bytes
      Then "program" has mode 0777
      And the state is now:
        | path    | union | upper | lower |
        | program | ol    | ol    | old   |

    @permission.42 @needs:copy-on-write
    Scenario: A lower program loses its set-user-ID bit when a user empties it by opening it
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | program |            | old        |
      And "program" in the lower branch was given mode 4777
      And user 65534 acts
      When "program" is opened as f with O_WRONLY|O_TRUNC
      Then "program" has mode 0777
      And the state is now:
        | path    | union   | upper   | lower |
        | program | (empty) | (empty) | old   |

    @permission.43 @needs:copy-on-write @needs:access-control-lists
    @requires:access-control-lists @requires:root
    Scenario: A lower file loses its set-group-ID bit when an owner who is not in its group gives it an access control list
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | program |            | old        |
      And "program" in the lower branch was given owner 65534:0
      And "program" in the lower branch was given mode 2755
      And user 65534 acts
      When "program" is given an access control list granting user 1 rwx
      Then "program" has mode 0770

  Rule: The umask takes bits away from what is made

    From the new entry, and from nothing that has to be made for it. Where a directory says by a default access
    control list what its entries may have, the umask says nothing.

    @permission.40 @needs:visible-to-programs @needs:copy-on-write @needs:special-files
    Scenario Outline: A <kind> that is made in a lower directory has no bit of the umask
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And the umask was 0027
      When <made>
      Then "d/new" has mode <mode>
      And "d" has mode 0755

      Examples:
        | kind      | made                             | mode |
        | file      | "d/new" is created with "text"   | 0640 |
        | directory | directory "d/new" is created     | 0750 |
        | fifo      | fifo "d/new" is created          | 0640 |

    @permission.41 @needs:visible-to-programs @needs:copy-on-write @needs:access-control-lists
    @requires:access-control-lists @requires:root
    Scenario: A file in a directory with a default access control list has what that gives, whatever the umask is
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given a default access control list granting user 65534 rwx
      And the umask was 0077
      When "d/new" is created with "text"
      Then "d/new" has mode 0640

  Rule: Only its owner takes the set-user-ID bit of a file away with chown

    A chown that leaves user and group as they are is no change of a file, and open to everybody; but the bit
    goes with it, and that is a change.

    @permission.37
    Scenario: A user cannot give another's program the owner that it has
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | program |            | old        |
      And "program" in the lower branch was given mode 4755
      And user 65534 acts
      When "program" is given owner -1:-1
      Then it fails with EPERM
      And "program" has mode 4755
      And the state is now:
        | path    | union | upper | lower |
        | program | old   |       | old   |

    @permission.38
    Scenario: A program loses its set-user-ID bit when its owner gives it the owner that it has
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | program | old        |            |
        | a.txt   |            | lower      |
      And "program" in the upper branch was given owner 65534:65534
      And "program" in the upper branch was given mode 4755
      And user 65534 acts
      When "program" is given owner -1:-1
      Then "program" has mode 0755
      And the state is now:
        | path    | union | upper | lower |
        | program | old   | old   |       |
        | a.txt   | lower |       | lower |

    @permission.39
    Scenario: A user gives another's plain file the owner that it has
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      And user 65534 acts
      When "a.txt" is given owner -1:-1
      Then it succeeds
      And "a.txt" has owner 0:0
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper |       |
        | b.txt | lower |       | lower |

  Rule: A directory is protected as much as a file

    Who may read it may list it; who may write to it may add and remove names. In a sticky directory a name
    is for its owner alone to remove, in whatever way.

    @permission.28
    Scenario: A user cannot list a lower directory that only its owner may read
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d" in the lower branch was given mode 0711
      And user 65534 acts
      When directory "d" is listed
      Then it fails with EACCES
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

    @permission.29
    Scenario: A user cannot remove an own directory in a lower directory of another user
      Given a union of these branches:
        | path | upper (rw) | lower (ro)  |
        | d/e  |            | (directory) |
      And "d/e" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When directory "d/e" is removed
      Then it fails with EACCES
      And the state is now:
        | path | union       | upper | lower       |
        | d/e  | (directory) |       | (directory) |

    @permission.30 @needs:hard-links
    Scenario: A user cannot link an own file in a lower directory of another user
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d/a.txt" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When hard link "d/b.txt" to "d/a.txt" is created
      Then it fails with EACCES
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

    @permission.31
    Scenario: In a sticky lower directory a user cannot rename what another user owns
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | tmp/a.txt |            | lower      |
      And "tmp" in the lower branch was given mode 1777
      And user 65534 acts
      When "tmp/a.txt" is renamed to "tmp/b.txt"
      Then it fails with EPERM
      And the state is now:
        | path      | union | upper | lower |
        | tmp/a.txt | lower |       | lower |

    @permission.32
    Scenario: In a sticky lower directory a user cannot replace what another user owns
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | tmp/a.txt |            | own        |
        | tmp/b.txt |            | lower      |
      And "tmp" in the lower branch was given mode 1777
      And "tmp/a.txt" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When "tmp/a.txt" is renamed to "tmp/b.txt"
      Then it fails with EPERM
      And the state is now:
        | path      | union | upper | lower |
        | tmp/a.txt | own   |       | own   |
        | tmp/b.txt | lower |       | lower |

    @permission.33
    Scenario: A user cannot move an own file into a lower directory of another user
      Given a union of these branches:
        | path      | upper (rw) | lower (ro) |
        | own/a.txt |            | lower      |
        | d/b.txt   |            | other      |
      And "own" in the lower branch was given owner 65534:65534
      And "own/a.txt" in the lower branch was given owner 65534:65534
      And user 65534 acts
      When "own/a.txt" is renamed to "d/a.txt"
      Then it fails with EACCES
      And the state is now:
        | path      | union | upper | lower |
        | own/a.txt | lower |       | lower |
        | d/b.txt   | other |       | other |

  Rule: An attribute is protected like the content

    Who may read the file may look at its user attributes, who may write to it may set them.

    @permission.34 @needs:extended-attributes @requires:user-attributes
    Scenario: A user cannot set an attribute of a lower file of another user
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And user 65534 acts
      When "a.txt" is given attribute user.k "v"
      Then it fails with EACCES
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

    @permission.35 @needs:extended-attributes @requires:user-attributes
    Scenario: A user cannot remove an attribute of a lower file of another user
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" in the lower branch was given attribute user.k "v"
      And user 65534 acts
      When "a.txt" is given no attribute user.k
      Then it fails with EACCES
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |
