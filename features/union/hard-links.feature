@needs:hard-links
Feature: Hard links
  A hard link is a second name of the same file: a change through one is seen through the other, and the
  file lives until its last name is deleted. In a union the two names may lie in different branches, and
  copying one up must not tear it from the other.

  Rule: A new hard link is the same file as the old name

    Whatever branch the file came from: inode number and number of links say so, before anything else was
    looked at.

    @hard-link.1
    Scenario: A hard link to an upper file is the same file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | c.txt |            | lower      |
      When hard link "b.txt" to "a.txt" is created
      Then "a.txt" and "b.txt" are the same file
      And "a.txt" has links 2
      And the state is now, and after a remount:
        | path  | union | upper | lower |
        | a.txt | upper | upper |       |
        | b.txt | upper | upper |       |
        | c.txt | lower |       | lower |

    @hard-link.2 @needs:copy-on-write
    Scenario: A hard link to a lower file is the same file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When hard link "b.txt" to "a.txt" is created
      Then "a.txt" and "b.txt" are the same file
      And "b.txt" was copied up
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |
        | b.txt | lower |       |

    @hard-link.3 @needs:copy-on-write
    Scenario: A hard link to a lower file has two links
      Known from containers/fuse-overlayfs#192, where there were three.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When hard link "b.txt" to "a.txt" is created
      Then "b.txt" has links 2
      And "a.txt" has links 2
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |
        | b.txt | lower |       |

    @hard-link.4 @needs:copy-on-write
    Scenario: A hard link to a lower file is the same file after a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And hard link "b.txt" to "a.txt" was created
      When the union is remounted
      Then "a.txt" and "b.txt" are the same file
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |
        | b.txt | lower |       |

    @hard-link.5 @needs:copy-on-write @needs:stable-inodes
    Scenario: A lower file keeps its inode number when a hard link to it is created
      Known from cloud-hypervisor/fuse-backend-rs#210 and tursodatabase/agentfs#203.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And "a.txt" was looked at
      When hard link "b.txt" to "a.txt" is created
      Then "b.txt" has the inode number "a.txt" had
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |
        | b.txt | lower |       |

    @hard-link.6 @needs:copy-on-write
    Scenario: A hard link may lie in another lower directory
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | e/c.txt |            | other      |
      When hard link "e/b.txt" to "d/a.txt" is created
      Then "d/a.txt" and "e/b.txt" are the same file
      And the state is now:
        | path    | union | lower |
        | d/a.txt | lower | lower |
        | e/b.txt | lower |       |
        | e/c.txt | other | other |

    @hard-link.7 @needs:copy-on-write
    Scenario: A hard link to a lower symlink is a symlink
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a     |            | -> c.txt   |
        | c.txt |            | lower      |
      When hard link "b" to "a" is created
      Then "b" has target "c.txt"
      And the state is now:
        | path  | union    | lower    |
        | a     | -> c.txt | -> c.txt |
        | b     | -> c.txt |          |
        | c.txt | lower    | lower    |

  Rule: What is done through one name is seen through the other

    Caches are kept by file, not by name. Known from containers/fuse-overlayfs#108 and #109.

    @hard-link.8
    Scenario: A write through one name of an upper file is seen through the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | old        |            |
        | b.txt | = a.txt    |            |
        | c.txt |            | lower      |
      And "b.txt" was read
      When "new" is appended to "a.txt"
      Then "b.txt" reads "oldnew"
      And the state is now:
        | path  | union  | upper  | lower |
        | a.txt | oldnew | oldnew |       |
        | b.txt | oldnew | oldnew |       |
        | c.txt | lower  |        | lower |

    @hard-link.9 @needs:copy-on-write
    Scenario: A write through a new hard link is seen through the old name
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
      And hard link "b.txt" to "a.txt" was created
      When "new" is appended to "b.txt"
      Then "a.txt" reads "oldnew"
      And the state is now, and after a remount:
        | path  | union  | lower |
        | a.txt | oldnew | old   |
        | b.txt | oldnew |       |

    @hard-link.10
    Scenario: A mode that is changed through one name is seen through the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt | = a.txt    |            |
        | c.txt |            | lower      |
      And "b.txt" was looked at
      When "a.txt" is given mode 0600
      Then "b.txt" has mode 0600
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper |       |
        | b.txt | upper | upper |       |
        | c.txt | lower |       | lower |

  Rule: A file lives until its last name is deleted

    Deleting a name takes one link away from the others.

    @hard-link.11
    Scenario: Deleting one name of an upper file leaves the other with one link
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt | = a.txt    |            |
        | c.txt |            | lower      |
      When "a.txt" is deleted
      Then "b.txt" has links 1
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | upper | upper |       |
        | c.txt | lower |       | lower |

    @hard-link.12 @needs:copy-on-write @needs:whiteouts
    Scenario: Deleting the lower name of a hard link leaves the new one
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And hard link "b.txt" to "a.txt" was created
      When "a.txt" is deleted
      Then "b.txt" has links 1
      And the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt |       | (whiteout) | lower |
        | b.txt | lower | lower      |       |

    @hard-link.13 @needs:whiteouts
    Scenario: Deleting one name of a lower file leaves the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | = a.txt    |
      When "a.txt" is deleted
      Then "b.txt" reads "lower"
      And the state is now, and after a remount:
        | path  | union | lower |
        | a.txt |       | lower |
        | b.txt | lower | lower |

    @hard-link.14
    Scenario: Renaming one name of an upper file to the other changes nothing
      POSIX: when both names are the same file, rename(2) does nothing and succeeds.

      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt | = a.txt    |            |
        | c.txt |            | lower      |
      When "a.txt" is renamed to "b.txt"
      Then "a.txt" and "b.txt" are the same file
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper |       |
        | b.txt | upper | upper |       |
        | c.txt | lower |       | lower |

  Rule: Two lower names of one file are one file in the union

    Showing them as one is easy; keeping them one when the file is copied up needs a record of the pair,
    which not every union has.

    @hard-link.15
    Scenario: A lower pair of hard links is seen as one file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | = a.txt    |
      When "a.txt" is looked at
      Then "a.txt" and "b.txt" are the same file
      And "b.txt" has links 2
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |
        | b.txt | lower |       | lower |

    @hard-link.16
    Scenario: A lower name has two links before its sibling was looked up
      Known from containers/fuse-overlayfs#435.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | a.txt   |            | lower      |
        | d/b.txt |            | = a.txt    |
      When "d/b.txt" is looked at
      Then "d/b.txt" has links 2
      And the state is now:
        | path    | union | upper | lower |
        | a.txt   | lower |       | lower |
        | d/b.txt | lower |       | lower |

    @hard-link.17 @needs:copy-on-write @needs:linked-copy-up
    Scenario: A write through one lower name is seen through the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
        | b.txt |            | = a.txt    |
      When "new" is appended to "a.txt"
      Then "a.txt" and "b.txt" are the same file
      And the state is now:
        | path  | union  | lower |
        | a.txt | oldnew | old   |
        | b.txt | oldnew | old   |

    @hard-link.18 @needs:copy-on-write @needs:linked-copy-up
    Scenario: A lower pair is still one file after a copy-up and a remount
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | old        |
        | b.txt |            | = a.txt    |
      And "new" was appended to "a.txt"
      When the union is remounted
      Then "b.txt" reads "oldnew"
      And the state is now:
        | path  | union  | lower |
        | a.txt | oldnew | old   |
        | b.txt | oldnew | old   |

    @hard-link.19 @needs:whiteouts @needs:linked-copy-up
    Scenario: Deleting one of two lower names leaves the other with one link
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | = a.txt    |
      When "a.txt" is deleted
      Then "b.txt" has links 1
      And the state is now:
        | path  | union | lower |
        | a.txt |       | lower |
        | b.txt | lower | lower |

    @hard-link.20 @needs:copy-on-write @needs:linked-copy-up
    Scenario: A mode that is changed through one lower name is seen through the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
        | b.txt |            | = a.txt    |
      When "a.txt" is given mode 0600
      Then "b.txt" has mode 0600
      And "b.txt" in the lower branch has mode 0644
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |
        | b.txt | lower | lower |

  Rule: A hard link needs a free name and a file

    As everywhere; the lower branches count.

    @hard-link.21
    Scenario: A hard link cannot take the name of a lower file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt |            | lower      |
      When hard link "b.txt" to "a.txt" is created
      Then it fails with EEXIST
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | upper | upper |       |
        | b.txt | lower |       | lower |

    @hard-link.22
    Scenario: A lower directory cannot be hard-linked
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      When hard link "e" to "d" is created
      Then it fails with EPERM
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |

    @hard-link.23
    Scenario: A hard link to a name that no branch has is refused
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      When hard link "c.txt" to "b.txt" is created
      Then it fails with ENOENT
      And the state is now:
        | path  | union | upper | lower |
        | a.txt | lower |       | lower |

  Rule: A name that is renamed is still a name of its file

    The file has as many links as before, and the other names mean the same file.

    @hard-link.24
    Scenario: Renaming one name of an upper file leaves it one file
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt | = a.txt    |            |
        | c.txt |            | lower      |
      When "a.txt" is renamed to "d.txt"
      Then "d.txt" and "b.txt" are the same file
      And "b.txt" has links 2
      And the state is now:
        | path  | union | upper | lower |
        | a.txt |       |       |       |
        | b.txt | upper | upper |       |
        | c.txt | lower |       | lower |
        | d.txt | upper | upper |       |

    @hard-link.25 @needs:copy-on-write @needs:whiteouts
    Scenario: A lower file that replaces one name of an upper file leaves the other
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt | upper      |            |
        | b.txt | = a.txt    |            |
        | c.txt |            | lower      |
      When "c.txt" is renamed to "b.txt"
      Then "a.txt" has links 1
      And the state is now, and after a remount:
        | path  | union | upper      | lower |
        | a.txt | upper | upper      |       |
        | b.txt | lower | lower      |       |
        | c.txt |       | (whiteout) | lower |

    @hard-link.26 @needs:copy-on-write @needs:hard-links
    Scenario: Renaming the lower name of a hard link to the new one changes nothing
      Given a union of these branches:
        | path  | upper (rw) | lower (ro) |
        | a.txt |            | lower      |
      And hard link "b.txt" to "a.txt" was created
      When "a.txt" is renamed to "b.txt"
      Then "a.txt" reads "lower"
      And the state is now:
        | path  | union | lower |
        | a.txt | lower | lower |
        | b.txt | lower |       |

  Rule: The links of a directory are its sub-directories

    Where they are counted at all; a file is none of them.

    @hard-link.27
    Scenario: Creating a file in a merged directory leaves its number of links
      Known from containers/fuse-overlayfs#262.

      Given a union of these branches:
        | path    | upper (rw) | lower (ro)  |
        | d/a.txt | upper      |             |
        | d/e     |            | (directory) |
      And "d" was looked at
      When "d/b.txt" is created with "new"
      Then "d" has the links "d" had
      And the state is now:
        | path    | union       | upper | lower       |
        | d/a.txt | upper       | upper |             |
        | d/b.txt | new         | new   |             |
        | d/e     | (directory) |       | (directory) |
