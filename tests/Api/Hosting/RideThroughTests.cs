using System.Reflection;
using Agency.Api.Hosting;
using Agency.Departments;
using Agency.EventSourcing;
using Agency.Silos;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization.Invocation;
using Orleans.Storage;

namespace Agency.Tests.Api.Hosting;

public sealed class RideThroughTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HttpContextAccessor _request = new();

    [Fact]
    public async Task A_call_is_sent_again_until_a_silo_answers()
    {
        var call = new Call([new SiloUnavailableException(), new OrleansException("gone"), new OperationCanceledException(), new TimeoutException()]);
        await Run(call);
        Assert.Equal(5, call.Sent);
    }

    [Fact]
    public async Task Silos_that_do_not_answer_are_not_asked_without_end()
    {
        var call = new Call([.. Enumerable.Repeat(new TimeoutException(), 9)]);
        await Assert.ThrowsAsync<TimeoutException>(() => Run(call));
        Assert.Equal(3, call.Sent);
    }

    [Fact]
    public async Task It_ends_in_time_for_the_request_to_be_answered()
    {
        var call = new Call([.. Enumerable.Repeat(new SiloUnavailableException(), 1000)]);
        var begun = _clock.GetTimestamp();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Run(call));
        Assert.InRange(_clock.GetElapsedTime(begun), TimeSpan.FromSeconds(21), TimeSpan.FromSeconds(23));
    }

    [Fact]
    public async Task The_calls_of_a_request_share_its_time()
    {
        _request.HttpContext = new DefaultHttpContext();
        await Run(new Call([]));
        _clock.Advance(TimeSpan.FromSeconds(20.9));
        var last = new Call([.. Enumerable.Repeat(new SiloUnavailableException(), 1000)]);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Run(last));
        Assert.InRange(last.Sent, 2, 4);
    }

    [Fact]
    public async Task What_is_sent_again_is_marked_as_a_repeat_and_what_follows_is_none()
    {
        var call = new Call([new SiloUnavailableException(), new SiloUnavailableException()]);
        await Run(call);
        Assert.Equal([false, true, true], call.Repeats);
        var other = new Call([]);
        await Run(other);
        Assert.Equal([false], other.Repeats);
    }

    [Fact]
    public async Task What_is_no_matter_of_the_cluster_is_not_sent_again()
    {
        foreach (var exception in (Exception[])[new InvalidOperationException(), new StoreUnavailableException("away"), new ClockMovedException(), new InconsistentStateException()])
        {
            var call = new Call([exception]);
            Assert.Same(exception, await Record.ExceptionAsync(() => Run(call)));
            Assert.Equal(1, call.Sent);
        }
    }

    [Fact]
    public async Task How_the_silos_are_is_asked_once()
    {
        var call = new Call([new SiloUnavailableException()]) { Grain = DispatchProxy.Create<ISilosGrain, Nobody>() };
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Run(call));
        Assert.Equal(1, call.Sent);
    }

    [Fact]
    public async Task Nothing_is_sent_again_for_who_has_gone()
    {
        var call = new Call([new SiloUnavailableException()]) { Gone = new(canceled: true) };
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Run(call));
        Assert.Equal(1, call.Sent);
    }

    private async Task Run(Call call)
    {
        var run = new RideThrough(new ServiceOptions(), _request, _clock, NullLogger<RideThrough>.Instance).Invoke(call);
        while (!run.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        await run;
    }

    /// <summary>A call that fails so often.</summary>
    private sealed class Call(IReadOnlyList<Exception> failures) : IOutgoingGrainCallContext
    {
        public int Sent => Repeats.Count;

        public List<bool> Repeats { get; } = [];

        public CancellationToken Gone { get; init; }

        public object Grain { get; init; } = DispatchProxy.Create<IDepartmentsGrain, Nobody>();

        public IInvokable Request => field ??= Asked();

        public MethodInfo InterfaceMethod => null!;

        public object? Result { get; set; }

        public Response? Response { get; set; }

        public GrainId? SourceId => null;

        public GrainId TargetId => default;

        public GrainInterfaceType InterfaceType => default;

        public string InterfaceName => "IDepartmentsGrain";

        public string MethodName => "List";

        public IGrainContext? SourceContext => null;

        public Task Invoke()
        {
            Repeats.Add(Repeat.IsOne);
            return Sent <= failures.Count ? Task.FromException(failures[Sent - 1]) : Task.CompletedTask;
        }

        private IInvokable Asked()
        {
            var request = DispatchProxy.Create<IInvokable, Asker>();
            ((Asker)(object)request).Gone = Gone;
            return request;
        }
    }

    public class Asker : DispatchProxy
    {
        public CancellationToken Gone { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name == nameof(IInvokable.GetCancellationToken) ? Gone : throw new NotSupportedException();
    }

    public class Nobody : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }
}
