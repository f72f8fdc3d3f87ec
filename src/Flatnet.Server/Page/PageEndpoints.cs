using System.Security.Cryptography;
using System.Text;

namespace Flatnet.Server.Page;

/// <summary>The live page at <c>/</c>, and the JavaScript client that it runs on at <c>/client/</c>.</summary>
internal static class PageEndpoints
{
    private const string Root = "page/";

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        byte[] page = Read(Root + "index.html");
        string policy = $"default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
            + $"frame-ancestors 'none'; script-src 'self' 'sha256-{HashOfScript(page)}'";
        routes.MapGet("/", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = policy;
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Bytes(page, "text/html; charset=utf-8");
        }).ExcludeFromDescription();

        foreach (string name in typeof(PageEndpoints).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root + "client/", StringComparison.Ordinal)))
        {
            byte[] script = Read(name);
            routes.MapGet("/" + name[Root.Length..], () => Results.Bytes(script, "text/javascript; charset=utf-8")).ExcludeFromDescription();
        }
    }

    // A browser runs the page's own script because its hash is named, and no other.
    private static string HashOfScript(byte[] page)
    {
        const string Begin = "<script type=\"module\">";
        string text = Encoding.UTF8.GetString(page);
        int start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf("</script>", start, StringComparison.Ordinal);
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text[start..end])));
    }

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is missing from the program.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
