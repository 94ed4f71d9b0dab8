using System.Globalization;
using System.Text;
using System.Text.Json;
using Agency.Demo.Month;
using Agency.Demo.Portfolio;

namespace Agency.Demo;

/// <summary>Plays one building, or a portfolio of projects, and shows what became of it. Named, as the service's own Program is in the same tests.</summary>
internal static class DemoProgram
{
    private const string Usage = "Usage: Agency.Demo [--projects N [--seed S] [--today YYYY-MM-DD]] [--url http://127.0.0.1:5155] [--wait SECONDS] [--once]\n       Agency.Demo --month [--projects N] [--seed S] [--from YYYY-MM-DD] [--days N]";

    // Not an argument: those are everybody's to read.
    private const string TokenVariable = "AGENCY_TOKEN";

    /// <summary>How to get a token for looking further by hand.</summary>
    internal static string Sign { get; } = $"-H \"Authorization: Bearer $(./dev token --data {Environment.GetEnvironmentVariable("AGENCY_DATA") ?? "DIR"} --role office --sub you)\"";

    public static async Task<int> Main(string[] args)
    {
        Console.OutputEncoding = Encoding.UTF8;
        try
        {
            if (args is ["--month", .. var month])
            {
                await MonthOrder.Read(month, Usage).Play(Console.Out, CancellationToken.None);
                return 0;
            }

            var (url, patience, once, portfolio) = Read(args);
            using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };
            http.DefaultRequestHeaders.Authorization = new("Bearer", Environment.GetEnvironmentVariable(TokenVariable) ?? throw new DemoException($"{TokenVariable} must hold a token of the office: ./dev token --role office --sub demo-office"));
            await new Service(http).Ready(patience, CancellationToken.None);
            if (portfolio is not null)
            {
                await Show(new(http), portfolio, url, CancellationToken.None);
                Tell(url, await new Meeting(new(http)).Hold((await new Service(http).Get<JsonElement>("/projects?limit=1", CancellationToken.None)).GetProperty("items")[0].GetProperty("code").GetString()!, await new Service(http).Today(CancellationToken.None), CancellationToken.None));
                return 0;
            }

            await Show(new(http), CancellationToken.None);
            Tell(url, await new Meeting(new(http)).Hold(Building.Code, await new Service(http).Today(CancellationToken.None), CancellationToken.None));
            if (once) return 0;
            Console.WriteLine();
            Console.WriteLine($"The project at the service: {url}api/v1/projects/{Building.Code}");
            Console.WriteLine($"  curl {Sign} {url}api/v1/projects/{Building.Code}/plan");
            Console.WriteLine($"Everything else of the interface: {url}scalar");
            return 0;
        }
        catch (DemoException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }
    }

    private static void Tell(Uri url, string review) => Console.WriteLine($"A joint conference was held today, its resolutions given out; its minutes: curl {Sign} {url}api/v1{review}/minutes.html");

    private static int? Columns => Console.IsOutputRedirected ? null : Math.Max(Console.WindowWidth, 20);

    private static async Task Show(Service service, PortfolioOrder order, Uri url, CancellationToken cancellationToken)
    {
        var progress = new PortfolioProgress(Console.Out, Columns, order.Projects);
        PortfolioOutcome outcome;
        try
        {
            outcome = await new PortfolioPlay(service).Run(order, progress, cancellationToken);
        }
        finally
        {
            progress.End();
        }

        var overview = await service.Get<Overview>("/statistics/overview", cancellationToken);
        foreach (var line in PortfolioReport.Of(outcome, overview, url)) Console.WriteLine(line);
    }

    private static async Task Show(Service service, CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(Console.Out, Columns);
        bool isNew;
        try
        {
            isNew = await new Play(service).Run(progress.Tell, cancellationToken);
        }
        finally
        {
            progress.End();
        }

        if (!isNew) Console.WriteLine("The project is there already, from an earlier run.");
        var project = await service.Project(Building.Code, cancellationToken);
        var plan = await service.Plan(Building.Code, cancellationToken);
        foreach (var line in Report.Of(project, plan, await service.History(Building.Code, cancellationToken))) Console.WriteLine(line);
    }

    private static (Uri Url, TimeSpan Patience, bool Once, PortfolioOrder? Portfolio) Read(string[] args)
    {
        var (url, seconds, once) = (new Uri("http://127.0.0.1:5155"), 5, false);
        var (projects, seed, today) = (0, 1, (DateOnly?)null);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--once":
                    once = true;
                    break;
                case "--url" when Uri.TryCreate(value, UriKind.Absolute, out var given) && given.Scheme is "http" or "https":
                    (url, i) = (given, i + 1);
                    break;
                case "--wait" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var given):
                    (seconds, i) = (given, i + 1);
                    break;
                case "--projects" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= PortfolioMaker.MostProjects:
                    (projects, i) = (given, i + 1);
                    break;
                case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var given):
                    (seed, i) = (given, i + 1);
                    break;
                case "--today" when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given):
                    (today, i) = (given, i + 1);
                    break;
                default:
                    throw new DemoException(Usage);
            }
        }

        return (url, TimeSpan.FromSeconds(seconds), once, projects == 0 ? null : new(projects, seed, today));
    }
}
