// One test at a time: each starts several processes, and two processors are all there is.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
