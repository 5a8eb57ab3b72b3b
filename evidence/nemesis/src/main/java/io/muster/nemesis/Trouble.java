package io.muster.nemesis;

import java.io.IOException;
import java.util.random.RandomGenerator;

/// What befalls the cluster, one thing at a time; [NemesisCluster#heal] ends it.
enum Trouble {
    LEADER_KILLED("the leader is killed (-9)") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.leader().kill();
        }
    },
    FOLLOWER_KILLED("a follower is killed (-9)") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.follower(chance).kill();
        }
    },
    ALL_KILLED("all three are killed at once (-9)") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            for (NodeMachine machine : cluster.machines()) {
                machine.kill();
            }
        }
    },
    LEADER_ENDED("the leader is asked to end (SIGTERM)") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.leader().end();
        }
    },
    LEADER_FROZEN("the leader gets no turn (SIGSTOP)") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.leader().freeze();
        }
    },
    FOLLOWER_FROZEN("a follower gets no turn (SIGSTOP)") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.follower(chance).freeze();
        }
    },
    LEADER_UNPLUGGED("the leader is off the network") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.namespaces().unplug(cluster.leader().number());
        }
    },
    LEADER_CUT_OFF("the leader reaches clients and no node") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            int leader = cluster.leader().number();
            for (int other : cluster.namespaces().others(leader)) {
                cluster.namespaces().cutBoth(leader, other);
            }
        }
    },
    LEADER_UNHEARD("what the leader sends to nodes is lost, one way") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            int leader = cluster.leader().number();
            for (int other : cluster.namespaces().others(leader)) {
                cluster.namespaces().cut(leader, other);
            }
        }
    },
    LEADER_DEAF("what nodes send to the leader is lost, one way") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            int leader = cluster.leader().number();
            for (int other : cluster.namespaces().others(leader)) {
                cluster.namespaces().cut(other, leader);
            }
        }
    },
    LINK_CUT("the leader and one follower are cut apart") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.namespaces()
                    .cutBoth(cluster.leader().number(), cluster.follower(chance).number());
        }
    },
    FOLLOWERS_CUT("the followers are cut apart") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            var others = cluster.namespaces().others(cluster.leader().number());
            cluster.namespaces().cutBoth(others.getFirst(), others.getLast());
        }
    },
    LEADERS_DISK_FULL("the leader's disk is full") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.leader().fillDisk();
        }
    },
    FOLLOWERS_DISK_FULL("a follower's disk is full") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.follower(chance).fillDisk();
        }
    },
    LEADERS_DISK_REFUSES("the leader's disk refuses writes") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.leader().refuseWrites();
        }
    },
    LEADERS_CLOCK_AHEAD("the leader is started anew, and its clock jumps an hour ahead") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.leader().jumpClock(3_600);
        }

        @Override
        boolean needsFaketime() {
            return true;
        }
    },
    FOLLOWERS_CLOCK_BEHIND("a follower is started anew, and its clock jumps a minute back") {
        @Override
        void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException {
            cluster.follower(chance).jumpClock(-60);
        }

        @Override
        boolean needsFaketime() {
            return true;
        }
    };

    private final String sentence;

    Trouble(String sentence) {
        this.sentence = sentence;
    }

    /// Lets it happen.
    abstract void strike(NemesisCluster cluster, RandomGenerator chance) throws IOException, InterruptedException;

    /// Whether it takes a clock that can be moved for one process alone.
    boolean needsFaketime() {
        return false;
    }

    String sentence() {
        return sentence;
    }
}
