// Namespaces are the machine's: one test at a time keeps failures readable.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
