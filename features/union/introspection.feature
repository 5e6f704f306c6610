@needs:introspection
Feature: Introspection
  Who meets a union on a running system wants to know what it is made of. The mount table says what is mounted
  where, and one of its options may lead further: to a directory of sysfs in which the kernel shows the branches
  that the union has at this moment.

  Rule: The mount table leads to the branches

    The option `si=` is the id of the union: a hexadecimal number of up to sixteen digits, another one for each
    mount. The branches themselves are not in the mount table, for a line of it has no room for dozens of them.

    @introspection.1 @claim:U12
    Scenario: The id of a union in the mount table is the name of its directory in sysfs
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | a    | upper      |            |
        | b    |            | lower      |
      When "b" is read
      Then the mount table leads to what the kernel shows of the union
      And the kernel shows the branches "upper=rw, lower=ro"

    @introspection.2 @claim:U11
    Scenario: The kernel shows five branches in their order, each with its mode
      Given a union of these branches:
        | path                | container-layer (rw) | image-layer4 (ro) | image-layer3 (ro) | image-layer2 (ro) | image-layer1 (ro) |
        | container-layer.txt | container            |                   |                   |                   |                   |
        | image-layer4.txt    |                      | layer 4           |                   |                   |                   |
        | image-layer1.txt    |                      |                   |                   |                   | layer 1           |
      When "image-layer1.txt" is read
      Then the kernel shows the branches "container-layer=rw, image-layer4=ro, image-layer3=ro, image-layer2=ro, image-layer1=ro"
      And the kernel numbers the branches "64, 65, 66, 67, 68"

    @introspection.3 @claim:U4
    Scenario: The kernel shows the modes that were not said
      Given a union of these branches:
        | path | a   | b   | c     |
        | 001  | one |     |       |
        | 002  |     | two |       |
        | 003  |     |     | three |
      When "003" is read
      Then the kernel shows the branches "a=rw, b=ro, c=ro"

    @introspection.4
    Scenario: The kernel shows whether whiteouts of a branch count
      Given a union of these branches:
        | path | upper (rw) | middle (ro+wh) | lower (rr) | base (rr+wh) |
        | a    | upper      |                |            | base         |
      When "a" is read
      Then the kernel shows the branches "upper=rw, middle=ro+wh, lower=rr, base=rr+wh"

    @introspection.5 @needs:no-writable-branch
    Scenario: The kernel shows a union that nobody can write to
      Given a union of these branches:
        | path | upper (ro) | lower (ro) |
        | a    | upper      | lower      |
      When "a" is read
      Then the kernel shows the branches "upper=ro, lower=ro"

  Rule: What is shown is what is, not what was mounted

    Branches come and go while a union is mounted, and the directory follows. When the union is unmounted there
    is nothing left to show.

    @introspection.6 @needs:branch-changes
    Scenario: A branch that is appended is shown at the end
      Given a union of these branches:
        | path | upper (rw) | lower (ro) | extra (apart) |
        | a    | upper      |            |               |
        | b    |            |            | extra         |
      When the extra branch is appended to the union as ro
      Then the kernel shows the branches "upper=rw, lower=ro, extra=ro"

    @introspection.7 @needs:branch-changes
    Scenario: A branch that is taken off is shown no more
      Given a union of these branches:
        | path | upper (rw) | middle (ro) | lower (ro) |
        | a    | upper      | middle      | lower      |
      When the middle branch is taken off the union
      Then the kernel shows the branches "upper=rw, lower=ro"

    @introspection.8 @claim:U11 @claim:U12
    Scenario: An unmounted union is in the mount table no more, and its directory is gone
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | a    |            | lower      |
      And "a" was read
      When the union is unmounted
      Then the kernel shows nothing of the union

  Rule: Inode numbers are kept in a file that nobody sees

    A union gives its entries inode numbers of its own and keeps them in a file. It is removed as soon as it is
    open, so the path that the kernel names leads nowhere.

    @introspection.9 @claim:U11
    Scenario: The file of inode numbers that the kernel names has been removed
      Given a union of these branches:
        | path | upper (rw) | lower (ro) |
        | a    |            | lower      |
      When "a" is read
      Then the file of inode numbers that the kernel names does not exist
