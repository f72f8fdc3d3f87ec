using System.Text.Json;
using Flatnet.Ipam;

namespace Flatnet.Cni.Protocol;

/// <summary>Reads the configuration in the order the specification's library does, so that one fault gives one answer.</summary>
internal static class CniRequestReader
{
    /// <summary>Parses and checks name, command and version.</summary>
    /// <exception cref="CniException">Code 6, 7, 4 or 1.</exception>
    public static CniRequest Read(Invocation invocation, ReadOnlyMemory<byte> input)
    {
        ConfigObject source = Parse(input);
        string name, version;
        try
        {
            name = source.String("name") ?? "";
            version = source.String("cniVersion") is { Length: > 0 } text ? text : CniVersion.Default;
        }
        catch (ConfigException error)
        {
            throw new CniException(ErrorCode.Decoding, $"error unmarshall network config: {error.Message}", error.Details, error);
        }

        if (name.Length == 0)
        {
            throw new CniException(ErrorCode.InvalidConfiguration, "missing network name", "set the key \"name\"");
        }

        if (!Identifier.IsValid(name))
        {
            throw new CniException(ErrorCode.InvalidConfiguration, "invalid characters found in network name", $"name={name}");
        }

        if (invocation.Command == CniCommand.Unknown)
        {
            throw new CniException(ErrorCode.InvalidEnvironment, $"unknown CNI_COMMAND: {invocation.CommandText}", "known are ADD, DEL, CHECK, GC, STATUS and VERSION");
        }

        CheckVersion(invocation, version);
        return new CniRequest(invocation, source, name, version, input);
    }

    private static ConfigObject Parse(ReadOnlyMemory<byte> input)
    {
        JsonValue root;
        try
        {
            root = JsonValue.Parse(input);
        }
        catch (JsonException error)
        {
            throw new CniException(ErrorCode.Decoding, $"error unmarshall network config: {JsonProblem.Describe(error)}", "standard input must be one JSON object", error);
        }

        return root.ValueKind == JsonValueKind.Object
            ? new ConfigObject(root, "")
            : throw new CniException(ErrorCode.Decoding, $"error unmarshall network config: it is a JSON {root.ValueKind}", "standard input must be one JSON object");
    }

    private static void CheckVersion(Invocation invocation, string version)
    {
        string? minimum = invocation.Command switch
        {
            CniCommand.Check => "0.4.0",
            CniCommand.Gc or CniCommand.Status => "1.1.0",
            _ => null,
        };
        if (minimum is not null && !CniVersion.IsWellFormed(version))
        {
            throw new CniException(ErrorCode.Decoding, $"cniVersion \"{version}\" is not a version", "write it as 1.1.0");
        }

        if (!CniVersion.IsSupported(version))
        {
            throw new CniException(
                ErrorCode.IncompatibleVersion,
                "incompatible CNI versions",
                $"config is \"{version}\", plugin supports [\"{string.Join("\" \"", CniVersion.Supported!)}\"]");
        }

        if (minimum is not null && !CniVersion.IsAtLeast(version, minimum))
        {
            throw new CniException(
                ErrorCode.IncompatibleVersion, $"config version does not allow {invocation.CommandText}", $"cniVersion is {version}, {invocation.CommandText} came with {minimum}");
        }
    }
}
