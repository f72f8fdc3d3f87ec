namespace Flatnet.Server.Ingest;

/// <summary>Lets so many bytes through at a time; who comes later waits, in order. One piece larger than the gate passes alone.</summary>
internal sealed class ByteGate(long capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(long Bytes, TaskCompletionSource Entered)> _waiting = [];
    private long _inside;

    public Task EnterAsync(long bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        LinkedListNode<(long Bytes, TaskCompletionSource Entered)> node;
        lock (_lock)
        {
            if (_waiting.Count == 0 && Fits(bytes))
            {
                _inside += bytes;
                return Task.CompletedTask;
            }

            node = _waiting.AddLast((bytes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }

        return WaitAsync(node, cancellation);
    }

    public void Leave(long bytes)
    {
        lock (_lock)
        {
            _inside -= bytes;
            Admit();
        }
    }

    private async Task WaitAsync(LinkedListNode<(long Bytes, TaskCompletionSource Entered)> node, CancellationToken cancellation)
    {
        await using (cancellation.UnsafeRegister(_ => GiveUp(node, cancellation), null).ConfigureAwait(false))
        {
            await node.Value.Entered.Task.ConfigureAwait(false);
        }
    }

    private void GiveUp(LinkedListNode<(long Bytes, TaskCompletionSource Entered)> node, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Without a list it has entered in the meantime.
            if (node.List is null)
            {
                return;
            }

            _waiting.Remove(node);
            node.Value.Entered.SetCanceled(cancellation);
            Admit();
        }
    }

    private void Admit()
    {
        while (_waiting.First is { } first && Fits(first.Value.Bytes))
        {
            _waiting.RemoveFirst();
            _inside += first.Value.Bytes;
            first.Value.Entered.SetResult();
        }
    }

    private bool Fits(long bytes) => _inside == 0 || _inside + bytes <= capacity;
}
