using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>An OCI image layout in a tar, as <c>ctr image import</c> takes it: the web image with one uncompressed layer.</summary>
internal static class OciArchive
{
    public const string ImageName = "localhost/web:latest";

    public static byte[] Build()
    {
        byte[] layer = RootImage.Tar;
        byte[] configuration = Bytes(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject { ["Env"] = new JsonArray("PATH=/bin"), ["WorkingDir"] = "/" },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Digest(layer)) },
        });
        byte[] manifest = Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["config"] = Descriptor("application/vnd.oci.image.config.v1+json", configuration),
            ["layers"] = new JsonArray(Descriptor("application/vnd.oci.image.layer.v1.tar", layer)),
        });
        JsonObject entry = Descriptor("application/vnd.oci.image.manifest.v1+json", manifest);
        entry["annotations"] = new JsonObject { ["io.containerd.image.name"] = ImageName };
        entry["platform"] = new JsonObject { ["architecture"] = "amd64", ["os"] = "linux" };

        MemoryStream stream = new();
        using (TarWriter tar = new(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            Write(tar, "oci-layout", Bytes(new JsonObject { ["imageLayoutVersion"] = "1.0.0" }));
            Write(tar, "index.json", Bytes(new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(entry) }));
            foreach (byte[] blob in (byte[][])[layer, configuration, manifest])
            {
                Write(tar, $"blobs/{Digest(blob).Replace(':', '/')}", blob);
            }
        }

        return stream.ToArray();
    }

    private static JsonObject Descriptor(string mediaType, byte[] blob)
    {
        return new JsonObject { ["mediaType"] = mediaType, ["digest"] = Digest(blob), ["size"] = blob.Length };
    }

    private static string Digest(byte[] blob)
    {
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(blob));
    }

    private static byte[] Bytes(JsonObject json)
    {
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static void Write(TarWriter tar, string path, byte[] content)
    {
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) });
    }
}
