namespace Flatnet.Server.Storage.Blocks;

/// <summary>A task on its way from one state to the next.</summary>
internal sealed class TaskUpdate
{
    private readonly TaskRecord _before;
    private readonly StatisticsBuilder _statistics = new();
    private readonly long _looseFrom;
    private int _looseBlocks;
    private long _updatedAt;
    private long _firstSeq;

    /// <param name="taskId">The task.</param>
    /// <param name="before">As it is; null for a new one.</param>
    /// <param name="now">When a new one came to be.</param>
    /// <param name="status">What a new one is.</param>
    public TaskUpdate(string taskId, TaskState? before, long now, TaskStatus status = TaskStatus.Processing)
    {
        IsNew = before is null;
        _before = before?.Record ?? new TaskRecord
        {
            Id = taskId,
            Status = status,
            CreatedAt = now,
            UpdatedAt = now,
            FirstSeq = 1,
            LastSeq = 0,
            Statistics = new StatisticsBuilder().Build(),
        };
        _statistics.Add(_before.Statistics);
        _updatedAt = _before.UpdatedAt;
        _firstSeq = _before.FirstSeq;
        LastSeq = _before.LastSeq;
        NewFrom = _before.LastSeq + 1;
        _looseFrom = before?.LooseFrom ?? 1;
        _looseBlocks = before?.LooseBlocks ?? 0;
        IsChanged = IsNew;
    }

    public string TaskId => _before.Id;

    public bool IsNew { get; }

    public bool IsChanged { get; private set; }

    public long LastSeq { get; private set; }

    /// <summary>The first seq that is new.</summary>
    public long NewFrom { get; }

    public void Touch(long updatedAt)
    {
        _updatedAt = updatedAt;
        IsChanged = true;
    }

    /// <summary>Adds a block of new lines.</summary>
    public void Add(BlockHeader block)
    {
        if (_statistics.IsEmpty)
        {
            _firstSeq = block.FirstSeq;
        }

        _statistics.Add(block.Statistics);
        LastSeq = block.LastSeq;
        _looseBlocks += MergePlan.IsSmall(block) ? 1 : 0;
        IsChanged = true;
    }

    /// <summary>Takes lines away that add up to something.</summary>
    public void Remove(TaskStatistics removed)
    {
        _statistics.Subtract(removed);
        IsChanged = true;
    }

    /// <summary>Says what is left at the ends, when that was looked up.</summary>
    public void SetEnds(long firstSeq, long? earliest, long? latest)
    {
        _firstSeq = firstSeq;
        _statistics.SetTimes(earliest, latest);
        IsChanged = true;
    }

    public TaskState Build(long version) => new(
        _before with { UpdatedAt = _updatedAt, FirstSeq = _firstSeq, LastSeq = LastSeq, Statistics = _statistics.Build() },
        version,
        _looseFrom,
        _looseBlocks);
}
