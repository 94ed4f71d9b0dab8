namespace Agency.Api.Tools;

/// <summary>What the program does beside serving: its first argument names it. Each works beside a running service on the same data.</summary>
internal static class Tools
{
    /// <summary>Runs the tool that the arguments name and tells its exit code; null: they name none, and the service is to be run.</summary>
    /// <exception cref="StartupException">What was asked cannot be done.</exception>
    public static Task<int>? Run(string[] args) => args switch
    {
        ["token", .. var rest] => TokenTool.Run(rest, TimeProvider.System),
        ["verify", .. var rest] => VerifyTool.Run(rest, Console.Out, Console.Error),
        ["anchor", .. var rest] => AnchorTool.Run(rest, Console.Out, Console.Error),
        _ => null,
    };
}
