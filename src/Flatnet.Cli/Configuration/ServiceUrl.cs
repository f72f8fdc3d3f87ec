namespace Flatnet.Cli.Configuration;

/// <summary>Addresses of services, which may be below a path of a server that has others, too.</summary>
internal static class ServiceUrl
{
    /// <summary>The address of one of the service's paths.</summary>
    /// <param name="service">The service.</param>
    /// <param name="path">Begins with a slash.</param>
    public static Uri At(this Uri service, string path) => new(service.AbsoluteUri.TrimEnd('/') + path);
}
