using System.Text;
using System.Text.Json;
using Flatnet.Cni.Attachments;
using Flatnet.Cni.Protocol;
using Flatnet.Cni.Results;
using Flatnet.Ipam;

namespace Flatnet.Cni.Addressing;

/// <summary>Any other IPAM plugin, run with our own input and environment (spec, "Section 4: plugin delegation").</summary>
internal sealed class DelegatedSource(string type, string searchPath, ReadOnlyMemory<byte> input, CallReport report) : IAddressSource
{
    /// <inheritdoc/>
    public IpamResult Acquire()
    {
        try
        {
            string output = Run("ADD");
            CniResult result = Parse(output);
            var addresses = new List<AssignedAddress>(result.Addresses.Count);
            foreach (ResultAddress address in result.Addresses)
            {
                addresses.Add(new AssignedAddress(address.Address, address.PrefixLength, address.Gateway));
            }

            return addresses.Count > 0
                ? new IpamResult { Addresses = [.. addresses], Routes = result.Routes, Dns = result.Dns }
                : throw new CniException(ErrorCode.DelegateResult, "IPAM plugin returned missing IP config", $"ipam.type \"{type}\" printed no address");
        }
        catch (CniException)
        {
            ReleaseAfterFailure();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Release() => Run("DEL");

    /// <inheritdoc/>
    public void Check() => Run("CHECK");

    /// <inheritdoc/>
    public void CollectGarbage(IReadOnlySet<Attachment> valid) => Run("GC");

    /// <inheritdoc/>
    public void CheckReady() => Run("STATUS");

    private void ReleaseAfterFailure()
    {
        try
        {
            Run("DEL");
        }
        catch (CniException error)
        {
            report.Warn($"ipam {type} DEL after its failed ADD: {error.OneLine}");
        }
    }

    private string Run(string command)
    {
        string file = PluginPath.Require(type, searchPath);
        (int exitCode, string output, string errors) = PluginProcess.Run(file, [], input, ("CNI_COMMAND", command));
        if (exitCode == 0)
        {
            if (errors.Length > 0)
            {
                report.Warn($"{type}: {errors.Trim()}");
            }

            return output;
        }

        throw Failure(exitCode, output, errors);
    }

    private CniException Failure(int exitCode, string output, string errors)
    {
        try
        {
            var error = new ConfigObject(JsonValue.Parse(Encoding.UTF8.GetBytes(output)), type);
            string message = error.String("msg") ?? "";
            string? details = error.String("details");
            return new CniException(error.Int("code") ?? (int)ErrorCode.DelegateFailed, message.Length > 0 ? message : $"plugin {type} failed", details);
        }
        catch (Exception notAnError) when (notAnError is JsonException or ConfigException)
        {
            string text = output.Trim().Length > 0 ? output.Trim() : errors.Trim();
            return new CniException(ErrorCode.DelegateFailed, $"plugin {type} failed with exit status {exitCode}", text.Length > 0 ? text : "it printed nothing");
        }
    }

    private CniResult Parse(string output)
    {
        try
        {
            JsonValue root = JsonValue.Parse(Encoding.UTF8.GetBytes(output));
            return root.ValueKind == JsonValueKind.Null ? new CniResult() : ResultReader.Read(new ConfigObject(root, $"result of {type}"));
        }
        catch (Exception error) when (error is JsonException or ConfigException)
        {
            string problem = error is JsonException json ? JsonProblem.Describe(json) : error.Message;
            throw new CniException(ErrorCode.DelegateResult, $"cannot read the result of plugin {type}: {problem}", output.Trim(), error);
        }
    }
}
