using Flatnet.Ipam;

namespace Flatnet.Cni.Attachments;

/// <summary>
/// The list of GC. <c>cni.dev/valid-attachments</c> is its name; <c>cni.dev/attachments</c> an early slip that runtimes still
/// send beside it. An empty list means that nothing is valid; no list means that the caller does not know.
/// </summary>
internal static class ValidAttachments
{
    private static readonly string[] Keys = ["cni.dev/valid-attachments", "cni.dev/attachments"];

    /// <summary>The attachments that live; null when the request does not say.</summary>
    /// <exception cref="ConfigException">An entry is not an attachment.</exception>
    public static IReadOnlySet<Attachment>? Read(ConfigObject source)
    {
        foreach (string key in Keys)
        {
            if (source.Array(key) is { } list)
            {
                return Read(list, key);
            }
        }

        return null;
    }

    private static HashSet<Attachment> Read(IReadOnlyList<JsonValue> list, string key)
    {
        var valid = new HashSet<Attachment>();
        for (int i = 0; i < list.Count; i++)
        {
            var entry = new ConfigObject(list[i], $"{key}[{i}]");
            string containerId = entry.String("containerID") ?? "";
            if (containerId.Length == 0)
            {
                throw new ConfigException($"{entry.Path}.containerID is missing", "without it everything of that container would be deleted");
            }

            valid.Add(new Attachment(containerId, entry.String("ifname") ?? ""));
        }

        return valid;
    }
}
