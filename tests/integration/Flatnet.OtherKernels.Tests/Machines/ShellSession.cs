using System.Globalization;
using System.Text;

namespace Flatnet.OtherKernels.Tests.Machines;

/// <summary>Runs shell scripts on the other side of a byte stream, one after the other; agent.sh answers there.</summary>
internal sealed class ShellSession(Stream toAgent, Stream fromAgent, Func<string> diagnose) : IDisposable
{
    /// <summary>Longer than the agent lets any job run: past it the machine itself is stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly StreamReader _answers = new(fromAgent, Encoding.UTF8);
    private int _lastId;

    public CommandResult Run(string script)
    {
        string id = (++_lastId).ToString(CultureInfo.InvariantCulture);
        byte[] request = Encoding.ASCII.GetBytes($"{id} {Convert.ToBase64String(Encoding.UTF8.GetBytes(script))}\n");
        Task<string?> answer = Task.Run(() => Exchange(request));
        if (!answer.Wait(Patience))
        {
            throw new TimeoutException($"no answer within {Patience.TotalSeconds} s to: {script}\n{diagnose()}");
        }
        string[] fields = (answer.Result ?? throw new IOException($"the machine ended during: {script}\n{diagnose()}")).Split(' ');
        Assert.Equal(4, fields.Length);
        Assert.Equal(id, fields[0]);
        return new CommandResult(script, int.Parse(fields[1], CultureInfo.InvariantCulture), Decode(fields[2]), Decode(fields[3]));
    }

    /// <summary>Standard output of a script that must end with status 0.</summary>
    public string Read(string script) => Run(script).Succeeded().Output;

    public void Dispose()
    {
        toAgent.Dispose();
        _answers.Dispose();
    }

    /// <summary>The answer; null when the other side has ended.</summary>
    private string? Exchange(byte[] request)
    {
        try
        {
            toAgent.Write(request);
            toAgent.Flush();
            return _answers.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Decode(string field) => Encoding.UTF8.GetString(Convert.FromBase64String(field));
}
