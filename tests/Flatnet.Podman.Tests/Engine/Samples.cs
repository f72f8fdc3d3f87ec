namespace Flatnet.Podman.Tests.Engine;

/// <summary>What Podman 4.3.1 answered for the same two containers, shortened; the last one is from Podman 5.</summary>
internal static class Samples
{
    public const string WebId = "8ca9305f52157296066e9464a534d0bafe661c88daed8850e5936bbb822e3f86";
    public const string JobId = "0afecbad77a9f71dee906cd3ff9aaf0c231e1e6cd69ca97454deb855d6ee28da";
    public const string ImageId = "94dd45e65d0f2f07feb9087b2ef3599fbfbeffe69321eb1e66c497b096ec8932";

    /// <summary>Podman's own API: a time as text, zero times far in the past, a status that is the health or nothing.</summary>
    public const string OwnList =
        $$$$"""
        [{"AutoRemove":false,"Command":["sleep","1000"],"Created":"2026-11-21T11:05:28.997879175Z","CreatedAt":"","Exited":false,
          "ExitedAt":-62135596800,"ExitCode":0,"Id":"{{{{WebId}}}}","Image":"localhost/box:1","ImageID":"{{{{ImageId}}}}","IsInfra":false,
          "Labels":{"app":"web"},"Mounts":["/data"],"Names":["web"],"Namespaces":{},"Networks":["flatnet","blue"],"Pid":23312,"Pod":"","PodName":"",
          "Ports":[{"host_ip":"","container_port":80,"host_port":8080,"range":3,"protocol":"tcp"}],"Size":null,"StartedAt":1795259129,
          "State":"running","Status":"healthy"},
         {"AutoRemove":false,"Command":null,"Created":"2026-11-21T11:05:29.532916241Z","CreatedAt":"","Exited":true,"ExitedAt":1795259130,
          "ExitCode":137,"Id":"{{{{JobId}}}}","Image":"localhost/box:1","ImageID":"{{{{ImageId}}}}","IsInfra":false,"Labels":null,"Mounts":[],
          "Names":["job"],"Namespaces":{},"Networks":[],"Pid":0,"Pod":"","PodName":"","Ports":null,"Size":null,"StartedAt":1795259129,
          "State":"exited","Status":""}]
        """;

    /// <summary>The command: a time in seconds, a status in words.</summary>
    public const string CommandList =
        $$$$"""
        [{"AutoRemove":false,"Command":["sleep","1000"],"CreatedAt":"2 seconds ago","Exited":false,"ExitedAt":-62135596800,"ExitCode":0,
          "Id":"{{{{WebId}}}}","Image":"localhost/box:1","ImageID":"{{{{ImageId}}}}","IsInfra":false,"Labels":{"app":"web"},"Mounts":["/data"],
          "Names":["web"],"Namespaces":{},"Networks":["flatnet","blue"],"Pid":23312,"Pod":"","PodName":"",
          "Ports":[{"host_ip":"","container_port":80,"host_port":8080,"range":3,"protocol":"tcp"}],"Size":null,"StartedAt":1795259129,
          "State":"running","Status":"Up 2 seconds ago (healthy)","Created":1795259128},
         {"AutoRemove":false,"Command":null,"CreatedAt":"1 second ago","Exited":true,"ExitedAt":1795259130,"ExitCode":137,"Id":"{{{{JobId}}}}",
          "Image":"localhost/box:1","ImageID":"{{{{ImageId}}}}","IsInfra":false,"Labels":null,"Mounts":[],"Names":["job"],"Namespaces":{},"Networks":[],
          "Pid":0,"Pod":"","PodName":"","Ports":null,"Size":null,"StartedAt":1795259129,"State":"exited","Status":"Exited (137) 1 second ago",
          "Created":1795259129}]
        """;

    /// <summary>The Docker-compatible API: names with a slash, times as words, but addresses.</summary>
    public const string CompatibleList =
        $$$$"""
        [{"Id":"{{{{JobId}}}}","Names":["/job"],"Image":"localhost/box:1","ImageID":"sha256:{{{{ImageId}}}}","Command":"","Created":1795259129,"Ports":[],
          "Labels":{},"State":"exited","Status":"Exited (137) 1 second ago","NetworkSettings":{"Networks":null},"Mounts":[]},
         {"Id":"{{{{WebId}}}}","Names":["/web"],"Image":"localhost/box:1","ImageID":"sha256:{{{{ImageId}}}}","Command":"sleep 1000","Created":1795259128,
          "Ports":[],"Labels":{"app":"web"},"State":"running","Status":"Up 1 second","NetworkSettings":{"Networks":{
            "flatnet":{"IPAddress":"10.87.1.7","GlobalIPv6Address":"fd00::7","MacAddress":"0a:58:0a:57:01:07"},
            "blue":{"IPAddress":"","GlobalIPv6Address":"","MacAddress":""}}},"Mounts":[]}]
        """;

    /// <summary>Inspecting over Podman's own API; the command puts it into an array.</summary>
    public const string OwnInspect =
        $$$$"""
        {"Id":"{{{{WebId}}}}","Created":"2026-11-21T11:05:28.997879175Z","State":{"Status":"running","Running":true,"Pid":23312,"ExitCode":0,
          "StartedAt":"2026-11-21T11:05:29.105258511Z","FinishedAt":"0001-01-01T00:00:00Z","Health":{"Status":"healthy","FailingStreak":0,"Log":null}},
         "Image":"{{{{ImageId}}}}","ImageName":"localhost/box:1","Pod":"","Name":"web","RestartCount":2,
         "Mounts":[{"Type":"bind","Source":"/srv","Destination":"/data"}],
         "NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8080"}],"53/udp":null},"Networks":{
           "flatnet":{"IPAddress":"10.87.1.7","GlobalIPv6Address":"fd00::7","MacAddress":"0a:58:0a:57:01:07",
             "SecondaryIPAddresses":[{"Addr":"10.87.1.8","PrefixLength":24}],"SecondaryIPv6Addresses":["fd00::8"]}}},
         "Config":{"Tty":true,"Cmd":["sleep","1000"],"Image":"localhost/box:1","Labels":{"app":"web"}},
         "HostConfig":{"LogConfig":{"Type":"k8s-file","Config":null,"Path":"/var/log/ctr.log","Tag":"","Size":"0B"},
           "RestartPolicy":{"Name":"always","MaximumRetryCount":0}}}
        """;

    /// <summary>Inspecting over the Docker-compatible API.</summary>
    public const string CompatibleInspect =
        $$$$"""
        {"Id":"{{{{JobId}}}}","Created":"2026-11-21T11:05:29.532916241Z","State":{"Status":"exited","Running":false,"Pid":0,"ExitCode":137,
          "StartedAt":"2026-11-21T11:05:29.6Z","FinishedAt":"2026-11-21T11:05:30.1Z"},
         "Image":"sha256:{{{{ImageId}}}}","LogPath":"/var/log/job.log","Name":"/job","RestartCount":0,"SizeRootFs":0,"Mounts":[],
         "NetworkSettings":{"Ports":{},"Networks":null},
         "Config":{"Tty":false,"Cmd":["false"],"Image":"localhost/box:1","Labels":{}},
         "HostConfig":{"LogConfig":{"Type":"json-file","Config":null},"RestartPolicy":{"Name":"","MaximumRetryCount":0}}}
        """;

    public const string NewerList =
        $$$$"""
        [{"Id":"{{{{WebId}}}}","Names":["web"],"State":"running","Status":"","Created":"2026-11-21T20:05:28+09:00","StartedAt":1795259129,"Restarts":4,
          "ExposedPorts":{"80":["tcp","udp"]},"Ports":null,"Size":{"rootFsSize":1982291,"rwSize":12},
          "Namespaces":{"Mnt":"4026532177","Cgroup":"1","Ipc":"2","Net":"3","Pidns":"4","Uts":"5","User":"6"}}]
        """;
}
