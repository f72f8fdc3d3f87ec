// One test at a time: each starts dozens of processes, and their time limits must not depend on what else runs.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
