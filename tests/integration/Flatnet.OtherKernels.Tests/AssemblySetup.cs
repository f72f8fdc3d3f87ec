// One guest, two processor cores: the tests run one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
