Feature: Listing
  Listing a directory of a union lists that directory in every branch that has it, from the highest down,
  and leaves out what is shadowed or hidden. A name comes once, as the entry that a lookup of it finds: a
  listing and the lookups of its names must never tell different stories.

  Rule: A merged directory lists every name once

    It does not matter how many branches have the name.

    @listing.1 @claim:U1 @claim:U2
    Scenario: The entries of two branches are listed together
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | 001  | image1     |            |
        | 002  | image1     | image2     |
        | 003  |            | image2     |
      When directory "." is listed
      Then directory "." lists "001, 002, 003"
      And the state is now:
        | path | union  | upper  | lower  |
        | 001  | image1 | image1 |        |
        | 002  | image1 | image1 | image2 |
        | 003  | image2 |        | image2 |

    @listing.2 @claim:U9
    Scenario: Two directories that share a name are one directory with three names
      Given a union of these branches:
        | path | a (rw) | b (ro) |
        | a    | from a |        |
        | b    |        | from b |
        | x    | from a | from b |
      When directory "." is listed
      Then directory "." lists "a, b, x"
      And the state is now:
        | path | union  | a      | b      |
        | a    | from a | from a |        |
        | b    | from b |        | from b |
        | x    | from a | from a | from b |

    @listing.3
    Scenario: Empty branches make an empty union
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
      When directory "." is listed
      Then directory "." lists ""
      And the state is now:
        | path | union | upper | lower |

    @listing.4
    Scenario: A directory of three branches lists the names of all
      Given a union of these branches:
        | path | upper (rw) | middle (ro) | lower (ro) |
        | d/1  | a          | b           | c          |
        | d/2  |            | b           | c          |
        | d/3  |            |             | c          |
      When directory "d" is listed
      Then directory "d" lists "1, 2, 3"
      And the state is now:
        | path | union | upper | middle | lower |
        | d/1  | a     | a     | b      | c     |
        | d/2  | b     |       | b      | c     |
        | d/3  | c     |       |        | c     |

    @listing.5
    Scenario: A directory that is empty in the upper branch lists the lower entries
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      When directory "d" is listed
      Then directory "d" lists "a.txt"
      And the state is now:
        | path    | union       | upper       | lower       |
        | d       | (directory) | (directory) | (directory) |
        | d/a.txt | lower       |             | lower       |

  Rule: A name is listed as what a lookup finds

    A listing says the kind of each entry (`d_type`), which programs trust without another look.

    @listing.6
    Scenario: Entries of every kind are listed as what they are
      Given a union of these branches:
        | path      | upper (rw) | lower (ro)  |
        | directory |            | (directory) |
        | fifo      |            | (fifo)      |
        | file      |            | lower       |
        | socket    |            | (socket)    |
        | symlink   |            | -> file     |
      When directory "." is listed
      Then directory "." lists "directory, fifo, file, socket, symlink"
      And the state is now:
        | path      | union       | upper | lower       |
        | directory | (directory) |       | (directory) |
        | fifo      | (fifo)      |       | (fifo)      |
        | file      | lower       |       | lower       |
        | socket    | (socket)    |       | (socket)    |
        | symlink   | -> file     |       | -> file     |

    @listing.7
    Scenario: A shadowed directory is listed as the file that shadows it
      Given a union of these branches:
        | path         | upper (rw) | lower (ro)  |
        | d/name       | upper      | (directory) |
        | d/name/a.txt |            | lower       |
      When directory "d" is listed
      Then directory "d" lists "name"
      And the state is now:
        | path         | union | upper | lower       |
        | d/name       | upper | upper | (directory) |
        | d/name/a.txt |       |       | lower       |

  Rule: A listing shows every change at once

    An implementation that keeps listings must forget them when one of its directories changes.

    @listing.8
    Scenario: A new file is listed beside the lower ones
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And directory "d" was listed
      When "d/b.txt" is created with "new"
      Then directory "d" lists "a.txt, b.txt"
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |
        | d/b.txt | new   | new   |       |

    @listing.9 @needs:whiteouts
    Scenario: A deleted lower file is not listed
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | d/b.txt |            | kept       |
      And directory "d" was listed
      When "d/a.txt" is deleted
      Then directory "d" lists "b.txt"
      And the state is now:
        | path    | union | upper      | lower |
        | d/a.txt |       | (whiteout) | lower |
        | d/b.txt | kept  |            | kept  |

    @listing.10 @needs:copy-on-write
    Scenario: A copied-up file is listed once
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | old        |
        | d/b.txt |            | other      |
      And directory "d" was listed
      When "new" is appended to "d/a.txt"
      Then directory "d" lists "a.txt, b.txt"
      And the state is now:
        | path    | union  | upper  | lower |
        | d/a.txt | oldnew | oldnew | old   |
        | d/b.txt | other  |        | other |

    @listing.11 @needs:whiteouts
    Scenario: A name that was deleted and created again is listed once
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And "d/a.txt" was deleted
      And directory "d" was listed
      When "d/a.txt" is created with "new"
      Then directory "d" lists "a.txt"
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | new   | new   | lower |

    @listing.12 @needs:copy-on-write @needs:whiteouts
    Scenario: A renamed file is listed under its new name only
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
      And directory "d" was listed
      When "d/a.txt" is renamed to "d/z.txt"
      Then directory "d" lists "z.txt"
      And the state is now:
        | path    | union | upper      | lower |
        | d/a.txt |       | (whiteout) | lower |
        | d/z.txt | lower | lower      |       |

  Rule: An open directory that is read again from its beginning shows the changes too

    POSIX promises it of rewinddir(3). Known from containers/fuse-overlayfs#287 (a new file was not seen)
    and #46 (a deleted one still was).

    @listing.13
    Scenario: A new file is listed by a directory that was open before
      Given a union of these branches:
        | path    | upper (rw)  | lower (ro)  |
        | d       | (directory) | (directory) |
        | d/a.txt |             | lower       |
      And "d" was opened as f with O_RDONLY|O_DIRECTORY
      When "d/b.txt" is created with "new"
      Then file f lists "a.txt, b.txt"
      And the state is now:
        | path    | union | upper | lower |
        | d/a.txt | lower |       | lower |
        | d/b.txt | new   | new   |       |

    @listing.14 @needs:whiteouts
    Scenario: A deleted file is no longer listed by a directory that was open before
      Given a union of these branches:
        | path    | upper (rw) | lower (ro) |
        | d/a.txt |            | lower      |
        | d/b.txt |            | kept       |
      And "d" was opened as f with O_RDONLY|O_DIRECTORY
      When "d/a.txt" is deleted
      Then file f lists "b.txt"
      And the state is now:
        | path    | union | upper      | lower |
        | d/a.txt |       | (whiteout) | lower |
        | d/b.txt | kept  |            | kept  |
