// Every test has a sandbox of its own; they mostly wait for processes, so that a few at a time keep a small machine busy.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
