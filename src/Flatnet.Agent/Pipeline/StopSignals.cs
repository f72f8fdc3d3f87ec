using System.Runtime.InteropServices;
using Flatnet.Interop;

namespace Flatnet.Agent.Pipeline;

/// <summary>While it exists, the signals that ask this process to end are handed on instead of ending it.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="received">Hears the signal's number; from any thread.</param>
    public StopSignals(Action<int> received) => _registrations =
    [
        Register(PosixSignal.SIGTERM, ProcessConstants.SIGTERM, received),
        Register(PosixSignal.SIGINT, ProcessConstants.SIGINT, received),
        Register(PosixSignal.SIGHUP, ProcessConstants.SIGHUP, received),
    ];

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    private static PosixSignalRegistration Register(PosixSignal signal, int number, Action<int> received) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            received(number);
        });
}
