using System.Globalization;
using System.Text;

namespace Flatnet.LogBench.Load;

/// <summary>Lines of exactly 200 bytes, as services write them: a few shapes, and numbers that differ in each.</summary>
internal static class SampleLines
{
    public const int Length = 200;

    /// <summary>What only one line in a million says.</summary>
    public const string Needle = "checksum mismatch in shard";

    private static readonly string[] Paths = ["/api/items", "/api/orders", "/api/users", "/health", "/api/search", "/static/app.js", "/api/carts", "/login"];
    private static readonly string[] Agents = ["Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0", "curl/8.5.0", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0", "kube-probe/1.31"];
    private static readonly string[] Loggers = ["http.access", "db.pool", "cache.lru", "billing.worker", "auth.session"];

    public static string Message(long number)
    {
        // A fixed mixing of the number, so that every run writes the same lines.
        ulong mixed = unchecked((ulong)number * 0x9E3779B97F4A7C15UL);
        mixed ^= mixed >> 29;
        var text = new StringBuilder(Length + 64);
        string path = Paths[mixed % 8];
        int client = (int)(mixed >> 8) & 255;
        int time = (int)((mixed >> 16) % 900);
        if (number % 1_000_000 == 500_000)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Needle} {number}: expected {mixed:x16} ");
        }

        text.Append(((mixed >> 26) % 5) switch
        {
            0 => $"10.87.1.{client} GET {path}/{mixed % 99991} 200 {time} ms bytes={mixed % 65536} trace={mixed:x16} agent=\"{Agents[(mixed >> 40) % 4]}\"",
            1 => $"level=info logger={Loggers[(mixed >> 32) % 5]} msg=\"request served\" path={path} status=200 duration={time}ms user={mixed % 50021} trace={mixed:x16}",
            2 => $"{{\"event\":\"query\",\"table\":\"orders\",\"rows\":{mixed % 1000},\"ms\":{time},\"plan\":\"index scan using orders_pkey\",\"trace\":\"{mixed:x16}\"}}",
            3 => $"worker {mixed % 16} took job {mixed % 1000003} from queue default after {time} ms, {mixed % 300} waiting, attempt 1 of 5, trace {mixed:x16}",
            _ => $"connection from 10.87.1.{client}:{mixed % 60000} accepted, tls=1.3 cipher=AES_256_GCM_SHA384 session={mixed:x16} pool={mixed % 64}/64",
        });
        while (text.Length < Length)
        {
            text.Append(CultureInfo.InvariantCulture, $" part={text.Length} ok");
        }

        text.Length = Length;
        return text.ToString();
    }
}
