// One test at a time: each starts hundreds of processes, and the moments of killing are measured before they are used.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
