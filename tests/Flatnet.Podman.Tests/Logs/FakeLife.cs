using Flatnet.Podman.Logs;

namespace Flatnet.Podman.Tests.Logs;

/// <summary>A container that ends when the test says so.</summary>
internal sealed class FakeLife : IContainerLife
{
    private TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _start = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void End()
    {
        _start = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _end.SetResult();
    }

    public void Start()
    {
        _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _start.SetResult();
    }

    public Task<LifeState> AskAsync(CancellationToken cancellation) => Task.FromResult(new LifeState(_end.Task.IsCompleted, null));

    public Task WaitForEndAsync(CancellationToken cancellation) => _end.Task.WaitAsync(cancellation);

    public Task WaitForStartAsync(LifeState ended, CancellationToken cancellation) => _start.Task.WaitAsync(cancellation);
}
