using Agency.EventSourcing;

namespace Agency.Api.Http.Problems;

/// <summary>A refusal as an answer: the problem of its code.</summary>
/// <param name="refusal">Why nothing was done.</param>
/// <param name="where">Which members of the body are wrong, by JSON pointer, and why each is.</param>
public sealed class Refused(Refusal refusal, params IReadOnlyList<(string Where, Refusal Why)> where) : IResult
{
    /// <summary>Why nothing was done.</summary>
    public Refusal Refusal => refusal;

    /// <summary>A refusal for one member of the body, by its JSON pointer.</summary>
    public static Refused At(string where, Refusal refusal) => new(refusal, (where, refusal));

    public Task ExecuteAsync(HttpContext httpContext) =>
        Problem.Write(httpContext, refusal, [.. refusal.Faults.Select(f => (f.At, new Refusal(f.Code, f.Arguments, []))), .. where]);
}

/// <summary>A request that is refused while it is being read, before any handler runs.</summary>
/// <remarks>An exception because the framework's binding knows no other way out; it never leaves the interface.</remarks>
internal sealed class RequestRefusedException(Refusal refusal, params IReadOnlyList<(string Where, Refusal Why)> where)
    : BadHttpRequestException(refusal.Code)
{
    public Refusal Refusal => refusal;

    public IReadOnlyList<(string Where, Refusal Why)> Where => where;

    /// <summary>A refusal for one parameter or header.</summary>
    public static RequestRefusedException At(string where, Refusal refusal) => new(refusal, (where, refusal));
}
