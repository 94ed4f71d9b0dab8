using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Agency.Demo;

/// <summary>The service did not do what was asked; the message says why, in one sentence or two.</summary>
internal class DemoException(string message) : Exception(message);

/// <summary>The service refused a request.</summary>
internal sealed class RefusedException(string code, string message) : DemoException(message)
{
    /// <summary>The problem's stable code.</summary>
    public string Code => code;
}

/// <summary>The REST interface, as far as the demonstration uses it.</summary>
/// <param name="http">A client whose base address is the service's, and that bears a token of the office.</param>
internal sealed class Service(HttpClient http)
{
    private static readonly TimeSpan _shanghai = TimeSpan.FromHours(8);

    private const string Base = "/api/v1";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>Waits until the service is ready.</summary>
    /// <exception cref="DemoException">It is not, even after <paramref name="patience"/>.</exception>
    public async Task Ready(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(patience);
        var answer = "nothing answers there";
        try
        {
            while (true)
            {
                try
                {
                    using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), waiting.Token);
                    if (response.StatusCode == HttpStatusCode.OK) return;
                    answer = $"it answers {(int)response.StatusCode} {response.ReasonPhrase}";
                }
                catch (HttpRequestException e)
                {
                    answer = $"nothing answers there ({e.Message})";
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), waiting.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DemoException($"There is no service ready at {http.BaseAddress}: {answer}. Start one with ./dev run, or correct the port.");
        }
    }

    /// <summary>The day that it is at the service.</summary>
    public async Task<DateOnly> Today(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
        var now = response.Headers.Date ?? throw new DemoException($"The service at {http.BaseAddress} does not say what day it is.");
        return DateOnly.FromDateTime(now.ToOffset(_shanghai).DateTime);
    }

    /// <summary>Registers a project; false if it is there already.</summary>
    public async Task<bool> Register(IReadOnlyDictionary<string, object?> registration, CancellationToken cancellationToken)
    {
        try
        {
            await Send<Project>(HttpMethod.Post, "/projects", registration, cancellationToken);
            return true;
        }
        catch (RefusedException e) when (e.Code == "project-exists")
        {
            return false;
        }
    }

    /// <summary>What is there at a path below the interface's base.</summary>
    public Task<T> Get<T>(string path, CancellationToken cancellationToken) => Send<T>(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Posts to a path below the interface's base.</summary>
    /// <param name="key">Under which a repeat does nothing more; null: none.</param>
    /// <param name="puts">Whether it is a PUT after all.</param>
    public Task<T> Post<T>(string path, IReadOnlyDictionary<string, object?> body, string? key, CancellationToken cancellationToken, bool puts = false) =>
        Send<T>(puts ? HttpMethod.Put : HttpMethod.Post, path, body, cancellationToken, puts ? null : key);

    public Task<Project> Project(string code, CancellationToken cancellationToken) => Get<Project>($"/projects/{code}", cancellationToken);

    /// <summary>Divides a project: one more work; the plan afterwards.</summary>
    public Task<Plan> Divide(string project, IReadOnlyDictionary<string, object?> work, CancellationToken cancellationToken) =>
        Send<Plan>(HttpMethod.Post, $"/projects/{project}/works", work, cancellationToken);

    /// <summary>Reports that works are finished; the project afterwards.</summary>
    public Task<Project> ReportFinished(string project, Finish finish, CancellationToken cancellationToken) =>
        Send<Project>(HttpMethod.Post, $"/projects/{project}/works-finished", finish.Body, cancellationToken);

    public Task<Plan> Plan(string code, CancellationToken cancellationToken) => Get<Plan>($"/projects/{code}/plan", cancellationToken);

    /// <summary>Takes a step of an item; the item afterwards.</summary>
    public Task<Item> Take(string project, Step step, CancellationToken cancellationToken) =>
        Send<Item>(HttpMethod.Post, $"/projects/{project}/approvals/{step.Item}/{step.Path}", step.Body, cancellationToken);

    /// <summary>Every fact of the project's record.</summary>
    public async Task<IReadOnlyList<Fact>> History(string code, CancellationToken cancellationToken)
    {
        List<Fact> facts = [];
        string? cursor = null;
        do
        {
            var page = await Get<HistoryPage>($"/projects/{code}/history?limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellationToken);
            facts.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return facts;
    }

    /// <summary>The day on which <paramref name="days"/> working days after <paramref name="from"/> are over.</summary>
    public async Task<DateOnly> WorkingDaysAfter(DateOnly from, int days, CancellationToken cancellationToken) =>
        (await Get<WorkingDaysAnswer>($"/calendar/working-days?from={from:yyyy-MM-dd}&days={days}", cancellationToken)).To;

    private async Task<T> Send<T>(HttpMethod method, string path, IReadOnlyDictionary<string, object?>? body, CancellationToken cancellationToken, string? key = null)
    {
        using var request = new HttpRequestMessage(method, Base + path) { Content = body is null ? null : JsonContent.Create(body, options: _json) };
        request.Headers.AcceptLanguage.ParseAdd("en");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) throw await Refusal(request, response, cancellationToken);
            return await response.Content.ReadFromJsonAsync<T>(_json, cancellationToken) ?? throw new JsonException("An empty answer.");
        }
        catch (HttpRequestException e)
        {
            throw new DemoException($"The service at {http.BaseAddress} cannot be reached: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new DemoException($"{method} {Base}{path} was answered with something else than expected: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DemoException($"{method} {Base}{path} was not answered within {http.Timeout.TotalSeconds:0} s.");
        }
    }

    private static async Task<RefusedException> Refusal(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var asked = $"{request.Method} {request.RequestUri} was answered with {(int)response.StatusCode}";
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return new("", $"{asked} {response.ReasonPhrase}.");
        var problem = await response.Content.ReadFromJsonAsync<Problem>(_json, cancellationToken) ?? throw new JsonException("An empty problem.");
        var errors = (problem.Errors ?? new Dictionary<string, IReadOnlyList<string>>()).SelectMany(e => e.Value.Select(why => $" {e.Key}: {why}"));
        return new(problem.Code, $"{asked} {problem.Code}: {problem.Detail}{string.Concat(errors)}");
    }
}
