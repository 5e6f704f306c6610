@needs:images
Feature: The layer of a container
  A container of an image is a union: the layers of the image, which stay as they are, and above them one layer of
  its own, which takes whatever is written. The layer begins empty and goes with the container. Between the two
  an engine may put one more, with the mount points and files that it fills for each container.

  Rule: Whatever a container writes is in its own layer

    Two containers of one image differ by their own layers only: each begins with what the image shows, and neither
    sees what becomes of it in the other.

    @container-layer.1 @claim:D9
    Scenario: A new container has an empty layer of its own
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      When container a of image app is started
      Then the changes of container a are ""
      And "a.txt" in container a reads "one"

    @container-layer.2 @claim:D9 @needs:separate-layers
    Scenario: The layer of a container begins empty and holds what it writes
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
        | b.txt | two |
      And container a of image app
      When "echo 2 >> /a.txt; rm /b.txt; mkdir /d; echo new > /d/c.txt" is executed in container a
      Then the layer of container a holds:
        | path    | layer      |
        | a.txt   | one2\n     |
        | b.txt   | (whiteout) |
        | d/c.txt | new\n      |

    @container-layer.3 @claim:D9
    Scenario: Containers of one image do not see what the others write
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And container a of image app
      And container b of image app
      When "echo mine > /a.txt; echo new > /b.txt" is executed in container a
      Then "a.txt" in container a reads "mine\n"
      And "a.txt" in container b reads "one"
      And "b.txt" does not exist in container b

    @container-layer.4 @claim:D9
    Scenario: What a container deletes is still in its image and in other containers
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And container a of image app
      And "rm /a.txt" was executed in container a
      When container b of image app is started
      Then "a.txt" does not exist in container a
      And "a.txt" in container b reads "one"

    @container-layer.5 @claim:D9
    Scenario: The engine tells what a container has added, changed and deleted
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
        | d/b.txt | two |
      And container a of image app
      When "echo 2 >> /d/a.txt; rm /d/b.txt; echo new > /c.txt" is executed in container a
      Then the changes of container a are "A /c.txt, C /d, C /d/a.txt, D /d/b.txt"

    @container-layer.6
    Scenario: The layer of a container outlasts a restart
      Given container a of image base
      And "echo new > /a.txt; rm /bin/sh" was executed in container a
      When container a is restarted
      Then "a.txt" in container a reads "new\n"
      And "bin/sh" does not exist in container a

    @container-layer.7
    Scenario: The layer of a container goes with it
      Given container a of image base
      And "echo new > /a.txt" was executed in container a
      And container a was removed
      When container b of image base is started
      Then "a.txt" does not exist in container b

  Rule: A whiteout has the form of its place

    In the directory of a layer it is what the union understands, in an archive always a file that is called
    .wh. and the name: an image that was made by one engine is understood by every other.

    @container-layer.8 @claim:D10 @needs:char-device-whiteouts
    Scenario: A deleted file of the image is a device in the container's layer
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
      And container a of image app
      When "rm /d/a.txt" is executed in container a
      Then "d/a.txt" is stored in the layer of container a as "(char 0:0)"

    @container-layer.9 @claim:D10 @needs:dot-wh-whiteouts
    Scenario: A deleted file of the image is a file .wh.NAME in the container's layer
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
      And container a of image app
      When "rm /d/a.txt" is executed in container a
      Then "d/.wh.a.txt" is stored in the layer of container a as "(empty)"

    @container-layer.10 @claim:D10
    Scenario: A deleted file of the image is a file .wh.NAME in an archive
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
      And container a of image app
      And "rm /d/a.txt" was executed in container a
      When container a is committed as image saved
      Then the layers of image saved are archived as:
        | path        | saved   | top |
        | d/.wh.a.txt | (empty) |     |
        | d/a.txt     |         | one |

    @container-layer.11 @claim:D10
    Scenario: A whiteout in an archive hides a file of the layers below
      Given image app of these layers on image base:
        | path    | top        | bottom |
        | d/a.txt | (whiteout) | one    |
        | d/b.txt |            | two    |
      When container a of image app is started
      Then "d/a.txt" does not exist in container a
      And "d/b.txt" in container a reads "two"

    @container-layer.12 @claim:D10
    Scenario: A directory that was replaced hides its old entries in an archive too
      Given image app of these layers on image base:
        | path    | top |
        | d/a.txt | one |
      And container a of image app
      And "rm -r /d; mkdir /d; echo new > /d/b.txt" was executed in container a
      And container a was committed as image saved
      When container b of image saved is started
      Then "d/a.txt" does not exist in container b
      And "d/b.txt" in container b reads "new\n"

    @container-layer.13 @claim:D10
    Scenario: An opaque directory in an archive hides what the layers below have in it
      Given image app of these layers on image base:
        | path    | top      | bottom |
        | d       | (opaque) |        |
        | d/a.txt |          | one    |
        | d/b.txt | two      |        |
      When container a of image app is started
      Then "d/a.txt" does not exist in container a
      And "d/b.txt" in container a reads "two"

  Rule: A commit makes a layer of the container's own layer, and of nothing else

    The lower layers are those of the image, by the same digests; and what the engine has put between the image and
    the container stays behind.

    @container-layer.14 @claim:D11
    Scenario: A committed container is its image and one layer more
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And container a of image app
      And "echo new > /b.txt" was executed in container a
      When container a is committed as image saved
      Then image saved has the layers of image app and 1 more
      And the layers of image saved are archived as:
        | path  | saved | top |
        | a.txt |       | one |
        | b.txt | new\n |     |

    @container-layer.15 @claim:D8 @needs:separate-layers
    Scenario: The engine adds a layer with mount points and files that it fills
      When container a of image base is started
      Then the engine adds to container a:
        | path            | a-init          |
        | .dockerenv      | (empty)         |
        | dev/console     | (empty)         |
        | dev/pts         | (directory)     |
        | dev/shm         | (directory)     |
        | etc/hostname    | (empty)         |
        | etc/hosts       | (empty)         |
        | etc/mtab        | -> /proc/mounts |
        | etc/resolv.conf | (empty)         |
        | proc            | (directory)     |
        | sys             | (directory)     |
      And the changes of container a are ""

    @container-layer.20 @claim:D8
    Scenario: What a container sees in the files of the engine is mounted over them
      When container a of image base is started
      Then "grep -o ' /etc/[a-z.]*' /proc/mounts | sort | xargs" prints "/etc/hostname /etc/hosts /etc/resolv.conf" in container a of its image
      And "grep -c localhost /etc/hosts" prints "2" in container a of its image

    @container-layer.16 @claim:D8
    Scenario: What the engine fills is not part of a commit
      Given container a of image base
      And "echo 10.0.0.1 other >> /etc/hosts; echo new > /a.txt" was executed in container a
      When container a is committed as image saved
      Then the layers of image saved are archived as:
        | path  | saved |
        | a.txt | new\n |

    @container-layer.17 @claim:D11
    Scenario: A committed image is the same in another engine
      Given container a of image base
      And "echo new > /a.txt" was executed in container a
      And container a was committed as image saved
      And image saved was taken to another engine
      When container b of image saved is started in the other engine
      Then both engines have image saved with the same layers
      And "a.txt" in container b reads "new\n"

  Rule: The engine keeps what it knows beside the layers

    A layer is a file tree and nothing else. What a container runs, which image it is of and what it is called is in
    files of the engine.

    @container-layer.18 @claim:D13
    Scenario: An engine keeps the configuration of each container in a directory of its own
      When container a of image base is started
      Then the engine keeps "config.v2.json, hostconfig.json, hostname, hosts, resolv.conf" of container a
      And the engine notes which image container a is of

    @container-layer.19 @claim:D5 @claim:D14
    Scenario: The mount point of a running container shows the whole tree of a system
      Given image system of these layers on image base:
        | path        | programs    | system      |
        | etc/passwd  |             | root:x:0:0  |
        | home        |             | (directory) |
        | lib         |             | (directory) |
        | root        |             | (directory) |
        | usr/bin/app | program     |             |
        | var/log     | (directory) |             |
      When container a of image system is started
      Then the mount point of container a lists ".dockerenv, bin, dev, etc, home, lib, proc, root, sys, tmp, usr, var"
      And "usr/bin/app" in container a reads "program"

    @container-layer.21 @claim:D14 @needs:separate-layers
    Scenario: Nothing is mounted at the mount point of a container that was stopped
      Given image app of these layers on image base:
        | path  | top |
        | a.txt | one |
      And container a of image app
      When container a is stopped
      Then the mount point of container a lists ""
