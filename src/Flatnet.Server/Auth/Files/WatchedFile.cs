namespace Flatnet.Server.Auth.Files;

/// <summary>What a file of credentials says now. It is looked at whenever it is asked for (one stat(2)), and read again when it has changed:
/// a revoked key is dead at once.</summary>
/// <param name="path">The file.</param>
/// <param name="absent">What holds without a file.</param>
/// <param name="parse">Its content.</param>
/// <param name="onBroken">Told once when a changed file cannot be used; what it said before goes on holding.</param>
internal sealed class WatchedFile<T>(string path, T absent, Func<byte[], T> parse, Action<Exception> onBroken)
    where T : class
{
    private readonly Lock _lock = new();
    private volatile State _state = new(default, absent);

    /// <summary>Whether there is one. An empty one counts: revoking the last key must not open the server.</summary>
    public bool Exists => OwnerOnlyFile.StampOf(path) != default;

    public T Current
    {
        get
        {
            FileStamp stamp = OwnerOnlyFile.StampOf(path);
            return stamp == _state.Stamp ? _state.Value : Reload();
        }
    }

    /// <summary>Reads it now.</summary>
    /// <exception cref="IOException">It cannot be used.</exception>
    public T Load()
    {
        byte[]? content = OwnerOnlyFile.Read(path, out FileStamp stamp);
        T value = content is null ? absent : parse(content);
        _state = new State(stamp, value);
        return value;
    }

    private T Reload()
    {
        lock (_lock)
        {
            FileStamp stamp = OwnerOnlyFile.StampOf(path);
            if (stamp == _state.Stamp)
            {
                return _state.Value;
            }

            try
            {
                return Load();
            }
            catch (IOException error)
            {
                _state = _state with { Stamp = stamp };
                onBroken(error);
                return _state.Value;
            }
        }
    }

    private sealed record State(FileStamp Stamp, T Value);
}
