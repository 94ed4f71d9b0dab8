using System.Collections.Immutable;

namespace Agency.Forecasts;

/// <summary>When a project is expected to be finished, if departments take what they may and the owner what is supposed (domain 8).</summary>
/// <param name="AsOf">The day at whose end it is forecast.</param>
/// <param name="Finish">The day on which the last open item, or construction, is done; of a project in which nothing is open the day it was completed, else <paramref name="AsOf"/>.</param>
/// <param name="WorkingDays">Working days from <paramref name="AsOf"/> to <paramref name="Finish"/>.</param>
/// <param name="Promised">The day on which approval days reach the total limit if every working day after <paramref name="AsOf"/> counts; once they are over it, the day on which they reached it.</param>
/// <param name="PromisedSlackDays">The total limit less the approval days forecast; negative where the promise breaks.</param>
/// <param name="CriticalPath">Codes of one chain of items, each keeping back the next, that ends with the finish; construction is in between without a code.</param>
/// <param name="Provisional">Whether a day in it is counted over a year without an arrangement.</param>
/// <param name="Items">The open items, in the plan's order.</param>
/// <param name="Levers">The critical items whose decision today would move the finish, the strongest first.</param>
/// <param name="Medians">The open items that are supposed to take the median that their department really took, in the plan's order; the others take their limit.</param>
[GenerateSerializer, Immutable, Alias("agency.forecast-view")]
public sealed record ForecastView(
    [property: Id(0)] DateOnly AsOf,
    [property: Id(1)] DateOnly Finish,
    [property: Id(2)] int WorkingDays,
    [property: Id(3)] DateOnly Promised,
    [property: Id(4)] int PromisedSlackDays,
    [property: Id(5)] ImmutableArray<string> CriticalPath,
    [property: Id(6)] bool Provisional,
    [property: Id(7)] ImmutableArray<ItemForecast> Items,
    [property: Id(8)] ImmutableArray<Lever> Levers,
    [property: Id(9)] ImmutableArray<ItemMedian> Medians);

/// <summary>When an open item is expected to be under way.</summary>
/// <param name="EarliestStart">The day of its submission: the earliest possible, or of one under way the real one.</param>
/// <param name="EarliestFinish">The earliest day of its approval.</param>
/// <param name="LatestFinish">The latest day of its approval that keeps the project's finish.</param>
/// <param name="SlackDays">Working days between the two.</param>
/// <param name="Critical">Whether there are none.</param>
[GenerateSerializer, Immutable, Alias("agency.item-forecast")]
public sealed record ItemForecast(
    [property: Id(0)] string Code,
    [property: Id(1)] DateOnly EarliestStart,
    [property: Id(2)] DateOnly EarliestFinish,
    [property: Id(3)] DateOnly LatestFinish,
    [property: Id(4)] int SlackDays,
    [property: Id(5)] bool Critical);

/// <summary>What deciding one item would bring.</summary>
/// <param name="Item">Its code.</param>
/// <param name="GainDays">Working days by which the project's finish comes nearer if the item is decided as soon as its prerequisites are, and it is not before today.</param>
[GenerateSerializer, Immutable, Alias("agency.lever")]
public sealed record Lever([property: Id(0)] string Item, [property: Id(1)] int GainDays);

/// <summary>The forecast beside those under other suppositions.</summary>
/// <param name="Forecast">The forecast as it is.</param>
/// <param name="Scenarios">In the order asked.</param>
[GenerateSerializer, Immutable, Alias("agency.what-if-view")]
public sealed record WhatIfView([property: Id(0)] ForecastView Forecast, [property: Id(1)] ImmutableArray<ScenarioForecast> Scenarios);

/// <summary>The forecast under a supposition.</summary>
/// <param name="GainDays">Working days by which the finish comes nearer; negative where it moves away.</param>
/// <param name="PromisedGainDays">Approval days that are saved against the promise; negative where more are needed.</param>
[GenerateSerializer, Immutable, Alias("agency.scenario-forecast")]
public sealed record ScenarioForecast(
    [property: Id(0)] string Name,
    [property: Id(1)] int GainDays,
    [property: Id(2)] int PromisedGainDays,
    [property: Id(3)] ForecastView Forecast);
