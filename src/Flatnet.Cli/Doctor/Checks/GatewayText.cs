namespace Flatnet.Cli.Doctor.Checks;

/// <summary>Words about the gateway that several checks use.</summary>
internal static class GatewayText
{
    public static string Of(Uri url) => $"{url.Host}:{url.Port}";

    public static string HowToStart(Uri url) =>
        $"Start the gateway (on Windows: nginx.exe of OpenResty) and look again: curl -sv {url}; if it is elsewhere: export FLATNET_GATEWAY_URL=http://HOST:8080";
}
