using System.Globalization;
using System.Reflection;

namespace Flatnet.Stress.Tests.Driver;

/// <summary>
/// Runs many programs at once inside a sandbox, by way of a small C program that is compiled there: see <c>crowd.c</c>.
/// </summary>
internal sealed class Crowd
{
    private const string Directory = "/tmp/crowd";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly Sandbox _sandbox;

    public Crowd(Sandbox sandbox)
    {
        _sandbox = sandbox;
        sandbox.Write($"{Directory}/crowd.c", Resource("crowd.c"));
        sandbox.Write($"{Directory}/snapshot.sh", Resource("snapshot.sh"));
        sandbox.Run("cc", "-O1", "-Wall", "-Werror", "-o", $"{Directory}/crowd", $"{Directory}/crowd.c");
        sandbox.Run("chmod", "+x", $"{Directory}/snapshot.sh");
    }

    /// <summary>The job that prints what a <see cref="Snapshot"/> reads.</summary>
    public static Job Look(params IEnumerable<string> nodes)
    {
        return new Job
        {
            Program = $"{Directory}/snapshot.sh",
            Name = "snapshot",
            Environment = new Dictionary<string, string> { ["NODES"] = string.Join(' ', nodes), ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" },
        };
    }

    /// <summary>Runs one program alone.</summary>
    public Outcome Run(Job job)
    {
        return RunRounds([[job]])[0][0];
    }

    /// <summary>Runs programs at once.</summary>
    public Outcome[] RunAtOnce(params IEnumerable<Job> jobs)
    {
        return RunRounds([[.. jobs]])[0];
    }

    /// <summary>Runs round after round, the programs of each at once, and tells how they ended in the same order.</summary>
    public Outcome[][] RunRounds(IReadOnlyList<Job[]> rounds)
    {
        Dictionary<string, string> inputs = [];
        List<string> lines = [];
        for (int round = 0; round < rounds.Count; round++)
        {
            for (int index = 0; index < rounds[round].Length; index++)
            {
                lines.Add(Line(round, index, rounds[round][index], inputs));
            }
        }

        foreach ((string text, string file) in inputs)
        {
            _sandbox.Write(file, text);
        }

        _sandbox.Write($"{Directory}/jobs", string.Join('\n', lines) + "\n");
        string report = _sandbox.Try([$"{Directory}/crowd", $"{Directory}/jobs", Directory], limit: Limit).ExpectSuccess().Output;
        Dictionary<string, string[]> ends = report.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(fields => fields[0]);
        return [.. rounds.Select((jobs, round) => jobs.Select((job, index) => Read(job, Label(round, index), ends)).ToArray())];
    }

    private static string Label(int round, int index)
    {
        return $"{round}-{index}";
    }

    private static string Line(int round, int index, Job job, Dictionary<string, string> inputs)
    {
        if (!inputs.TryGetValue(job.Input, out string? file))
        {
            file = $"{Directory}/input-{inputs.Count}";
            inputs.Add(job.Input, file);
        }

        string moment = ((long?)job.KillAfter?.TotalMicroseconds ?? -1).ToString(CultureInfo.InvariantCulture);
        IEnumerable<string> variables = job.Environment.Select(variable => $"{variable.Key}={variable.Value}");
        return string.Join('\t', [round.ToString(CultureInfo.InvariantCulture), Label(round, index), moment, job.Program, file, .. variables]);
    }

    private static string Resource(string name)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private Outcome Read(Job job, string label, Dictionary<string, string[]> ends)
    {
        string[] end = ends[label];
        return new Outcome(
            job,
            int.Parse(end[1], CultureInfo.InvariantCulture),
            int.Parse(end[2], CultureInfo.InvariantCulture),
            TimeSpan.FromMicroseconds(long.Parse(end[3], CultureInfo.InvariantCulture)),
            _sandbox.Read($"{Directory}/{label}.out"),
            _sandbox.Read($"{Directory}/{label}.err"));
    }
}
