using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Agency.Faults.Load;

/// <summary>Sends commands as a client does that wants each done once: again under the same key until it is acknowledged, to the next service where one
/// does not answer.</summary>
internal sealed class Sender(IReadOnlyList<HttpClient> services)
{
    /// <summary>How long one answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // Retry-After counts in whole seconds; who waited so long would measure that and not the service.
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<Acknowledgement> _acknowledged = new();
    private readonly ConcurrentQueue<Refusal> _refusals = new();
    private int _unanswered;

    public IReadOnlyCollection<Acknowledgement> Acknowledged => _acknowledged;

    /// <summary>The answers with 503.</summary>
    public IReadOnlyCollection<Refusal> Refusals => _refusals;

    /// <summary>How often no answer came: the connection failed, or the client waited long enough.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Sends it until it is done.</summary>
    /// <param name="first">Which service is asked first.</param>
    /// <exception cref="TrialFailedException">It is refused.</exception>
    public async Task<Answer> Send(Command command, int first, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var service = first; ;)
        {
            var (answer, pause) = await Try(services[service % services.Count], command, cancellationToken);
            if (answer is not null)
            {
                _acknowledged.Enqueue(new(command, began, TimeProvider.System.GetElapsedTime(began), service % services.Count));
                return answer;
            }

            service++;
            await Task.Delay(pause, cancellationToken);
        }
    }

    private async Task<(Answer? Answer, TimeSpan Pause)> Try(HttpClient client, Command command, CancellationToken cancellationToken)
    {
        var sent = TimeProvider.System.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, command.Path) { Content = new StringContent(command.Body, Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", command.Key);
            using var response = await client.SendAsync(request, patience.Token);
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            if (response.IsSuccessStatusCode) return (new((int)response.StatusCode, body, response.Headers.Location?.OriginalString, response.Headers.Contains("Idempotency-Replayed")), default);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable) throw new TrialFailedException($"{command.Path} {command.Key}: {(int)response.StatusCode} {body}");
            _refusals.Enqueue(new(TimeProvider.System.GetTimestamp(), TimeProvider.System.GetElapsedTime(sent), response.Headers.RetryAfter is not null, body));
            return (null, response.Headers.RetryAfter?.Delta is { } delta && delta < _longestPause ? delta : _longestPause);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _unanswered);
            return (null, _pause);
        }
    }
}
